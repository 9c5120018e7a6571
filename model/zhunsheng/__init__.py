"""Zhunsheng 准绳: a regulation held as data, given one exact meaning, and asked questions.

The pipeline, drawn once (imports go down only):

    cli          the command line
    show         reports -> terminal, JSON
    ask          one module per question; joins the five below; replays every model
    certify | solve | evaluate | narrate | read      five meanings that do not know each other
    lang         types, expressions, definitions, rules, duties: frozen values
    errors       what can go wrong
"""

__version__ = "0.1.0"
