"""Reports as people and programs read them. Nothing here decides anything.

A report becomes a document (`decision`, `reports`) or JSON (`json`, described by `schema` and `pack_schema`):

    words                                    the fixed sentences, Chinese and English side by side
    outcomes, reasons, open_points, witnesses, duties      one answer, or one duty, in words
    decision, reports, problems              whole texts: a decision, the other reports, what is wrong with the input
    case_yaml                                a case back as a case file
    width, terminal, progress                the screen
    files, packs                             writing a file, finding a pack

Only `terminal`, `progress` and `files` write anything.
"""
