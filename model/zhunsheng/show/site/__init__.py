"""A pack as the pages of a site, in both languages: Markdown that MkDocs and its successors build without any plugin.

    markup, pages                   text to Markdown; a page, its body, and what stands under every page
    places                          where each thing stands, and links to it
    told, tables, pictures          rules, decision tables and the lives of things, as blocks of a page
    articles, answers, readings, cases, guarantees, calendar, lists, front
                                    the pages
    engine                          the pages about the program: hand-written ones, commands, the Python API
    search, building                the index of the search; the files that a builder reads
    changes                         which pages have changed
    prepared                        what takes minutes to find, kept
    spreadsheet                     decision tables as a workbook

Nothing here decides or writes: what comes back is a mapping from paths to bytes.
"""
