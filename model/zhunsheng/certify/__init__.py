"""Certificates: what a claim rests on, in a form that somebody checks without this software.

    kernel.py    the checker: one file, the standard library only; `python kernel.py CERTIFICATE PACK`
"""
