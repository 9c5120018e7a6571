"""Reports as people and programs read them. Nothing here decides anything.

A report becomes a document (`decision`, `reports`) or JSON (`json`, with its schema in `schema`):

    words                        the fixed sentences, Chinese and English side by side
    outcomes, reasons            one answer in words
    decision, reports, problems  whole documents: a decision, the other reports, what is wrong with the input
    case_yaml                    a case back as a case file
    width, terminal, progress    the screen

Only `terminal` and `progress` write anywhere.
"""
