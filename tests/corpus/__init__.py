"""Lists of accounts as programs and people make them, each with the people expected beside it.

`good.py` are exports as they are, `sloppy.py` what schools make of them, `hostile.py` what is made to do harm. Most are
written while the tests run (openpyxl, XlsxWriter, the csv module); what НЕИСПУО's own pages export is written by their
writer, SheetJS, and kept in `sheetjs/files`; what a school saves in LibreOffice is in `libreoffice/files`. `python -m
tests.corpus` writes these anew, the latter where LibreOffice is installed.
"""
