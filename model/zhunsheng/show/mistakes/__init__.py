"""What is wrong with the input, in Chinese. Problems are written in English where they are found, each in one fixed form; here
each form has its sentence.

    reading       files, YAML, words and values           packs       declarations, and what holds between them
    cases         facts, expectations, registers          laws        amendments, theorems, two laws
    expressions   writing, names and types                commands    options, what is written, what is not installed
    usage         what argparse says                      nouns       what messages speak of
    texts         the official text                       unshown     why something was not shown
    telling       a message told by its form              named       types, values and facts in it by their titles
    problems      the whole of what is wrong, as people read it
"""

from zhunsheng.show.mistakes.telling import reason, told

__all__ = ["reason", "told"]
