"""How much of a file from outside is read. What is more is refused, and said."""

from datetime import date

MOST_BYTES = 8 * 1024 * 1024
"""Of one file: a school of 3,000 people has about 2 MB of enrolments."""

MOST_IN_ALL = 24 * 1024 * 1024
"""Bytes of an upload as it comes, and again of what its packages hold."""

MOST_PARTS = 100
"""Of a form, and lists of one package: schools bring one for each class, and have up to sixty."""

LIST_ENDINGS = (".xlsx", ".xlsm", ".csv", ".txt", ".xls")
"""Of files that are looked into as lists of accounts. Of an .xls, or of macros, it is said what to do."""

LONGEST_HEADER = 4096
"""Bytes of the head of one part."""

MOST_ROWS = 200_000
"""Of one file."""

MOST_COLUMNS = 64
MOST_LINES = 20
"""Over which one row may go on within its quotes."""

LONGEST_LINE = 100_000
LONGEST_FIELD = 10_000
LONGEST_TEXT = 200
LONGEST_ID = 64
"""Characters of a class's id; people's may be as long as a text."""

LONGEST_FILE_NAME = 200
MOST_CLASSES = 5_000
"""Of one school: the largest have some 1,500 rows of curriculum."""

MOST_PLACES = 100_000
"""People in classes, of one school: the largest has some 40,000. Those who will be in them later also count."""

MOST_CHANGES = 20
"""Days to come on which somebody joins or leaves one class, the nearest. In a year it is few."""

MOST_NAMED = 10
"""Rows left out that are named one by one, of each file."""

MOST_ANSWER = 8 * 1024 * 1024
"""Bytes of what was read, as the child writes it."""

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)
"""Between which days a date of a school lies. Others are slips of the pen, or meant to overflow."""

MOST_LISTED = 20_000
"""Rows of one sheet, and people of all files of accounts: the largest school has some 3,000."""

MOST_SHEETS = 100
"""Of one workbook: one for each class."""

MOST_WORKBOOK = 15 * 1024 * 1024
"""Bytes of a workbook's parts, pictures too: 4,000 rows unpack to 2.3 MB."""

MOST_WORKBOOK_PARTS = 600
MOST_USERNAMES = 8
"""In one cell."""

MOST_BAD_ROWS = 200
"""That are named one by one, of all files."""

LONGEST_CELL = 400
"""Characters of a cell that are looked at in a list of accounts."""
