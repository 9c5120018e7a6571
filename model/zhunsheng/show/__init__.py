"""Reports as people and programs read them. Nothing here decides anything.

A report becomes a document, or JSON described by a schema. Each folder builds on those before it:

    words, cautions                          the fixed sentences that all reports share, Chinese and English side by side
    files, packs                             writing a file, finding a pack
    media                                    the screen, paper, web pages, pictures
    mistakes                                 what is wrong with the input
    deciding                                 one answer or duty in words; a decision; a case told by the day, or as a file
    texts, timelines                         the text of a law; what holds on each day
    certifying, checking, explaining, supposing
                                             certificates; scenarios, checks and theorems; why; what if, days and plans
    comparing, interviewing, sheets          amendments; questions one by one; the sheet a clerk files
    site                                     a pack as the pages of a site

In each, `words` holds the fixed sentences, `json` and `schema` what programs read. Only `terminal`, `progress` and `files` write
anything.
"""
