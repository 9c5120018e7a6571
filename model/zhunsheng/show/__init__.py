"""Reports as people and programs read them. Nothing here decides anything.

A report becomes a document, or JSON (`json`, `check_json`, described by `schema`, `check_schema` and `pack_schema`):

    words                                    the fixed sentences, Chinese and English side by side
    outcomes, reasons, open_points, witnesses, duties      one answer, or one duty, in words
    story, findings                          a case told by the day; what a check finds, in a sentence
    decision, check, proofs, health, reports, problems     whole texts: a decision, a check, what theorems come to, a report
                                             for a meeting, the other reports, what is wrong with the input
    case_yaml, examples                      a case back as a case file
    width, terminal, progress                the screen
    markdown, html, word                     paper
    site                                     a pack as the pages of a site
    akn, spreadsheet, office                 forms for other programs
    files, packs                             writing a file, finding a pack

Only `terminal`, `progress` and `files` write anything.
"""
