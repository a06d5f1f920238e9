"""The table of intake; the rules are those of `tables.py`."""

from sqlalchemy import CheckConstraint, Column, Index, Table, Text

from bot.database.tables import Whole, metadata

intake_charge = Table(
    "intake_charge",
    metadata,
    Column("school", Text, primary_key=True),
    Column("operation", Text, primary_key=True),
    Column("season", Whole, nullable=False),
    Column("at", Whole, nullable=False),
    Column("actor", Text, nullable=False),
    Column("asked", Whole, nullable=False),
    Column("missed", Whole),
    Index(None, "school", "season", "at"),
    Index(None, "at"),
    CheckConstraint("asked >= 0 AND 0 <= missed AND missed <= asked", name="counts"),
    sqlite_strict=True,
)
"""What each school was charged for students it takes in: how many a list asked for and how many were nobody's, and of
whom nothing.
"""
