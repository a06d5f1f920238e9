"""The tables of lists of accounts; the rules are those of `tables.py`."""

from sqlalchemy import Column, LargeBinary, Table, Text

from bot.database.tables import Whole, metadata

account_list = Table(
    "account_list",
    metadata,
    Column("school", Text, primary_key=True),
    Column("at", Whole, nullable=False),
    Column("dated", Whole, nullable=False),
    Column("checked_at", Whole),
    Column("people", Whole, nullable=False),
    Column("detail", LargeBinary, nullable=False),
    Column("resolved", LargeBinary),
    sqlite_strict=True,
)
"""The newest lists of each school: when they last said something new, of which moment the newest is, when the folder
was last looked into, how many people they name. `detail`: names of files, rows left out; `resolved`: what the
directory said of them. Both are encrypted.
"""

listed_person = Table(
    "listed_person",
    metadata,
    Column("school", Text, primary_key=True),
    Column("key", LargeBinary, primary_key=True),
    Column("detail", LargeBinary, nullable=False),
    sqlite_strict=True,
)
"""Whom they name. `key` is a keyed digest of what they are known again by; `detail`: name, class, usernames,
pseudonyms of numbers and place, encrypted.
"""

list_columns = Table(
    "list_columns",
    metadata,
    Column("school", Text, primary_key=True),
    Column("fingerprint", Text, primary_key=True),
    Column("at", Whole, nullable=False),
    Column("meanings", Text, nullable=False),
    sqlite_strict=True,
)
"""What was told of columns with these heads: words for what stands in each, from the left, and nothing of anybody."""
