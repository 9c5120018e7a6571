"""Prose: values, provisions, expressions, rules and paths as people say them, in Chinese and in English.

One module for each kind of thing that is said:

    numerals, provisions, values    the small words
    questions, nouns                what things are called
    phrases                         the fixed phrases of both languages, side by side
    prose                           typed expressions (with comparing, gathering, reckoning)
    rules, paths                    rules and duties; facts of a case by their paths
    document                        headings, paragraphs and items, for whoever renders them

Nothing here knows a pack, a report or a screen.
"""
