"""The tables of a school's accounts; the rules are those of `tables.py`."""

from sqlalchemy import CheckConstraint, Column, Index, LargeBinary, Table, Text

from bot.database.tables import Whole, metadata

account_look = Table(
    "account_look",
    metadata,
    Column("school", Text, primary_key=True),
    Column("at", Whole, nullable=False),
    sqlite_strict=True,
)
"""When each school was last looked at."""

school_account = Table(
    "school_account",
    metadata,
    Column("school", Text, primary_key=True),
    Column("person", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("enabled", Whole),
    Column("twin", Whole, nullable=False),
    Column("created", Whole),
    Column("changed", Whole),
    Column("signed_in", Whole),
    Column("told", Whole),
    Column("detail", LargeBinary, nullable=False),
    CheckConstraint("kind IN ('student', 'teacher', 'none')", name="kind"),
    CheckConstraint("enabled IN (0, 1) AND twin IN (0, 1)", name="flags"),
    sqlite_strict=True,
)
"""What the directory said of each account at that look: rows change where it says something else, and go with who has
left. `told`: the look at which the school was told of it as new. `detail`: name, username and class, encrypted.
"""

account_week = Table(
    "account_week",
    metadata,
    Column("school", Text, primary_key=True),
    Column("monday", Text, primary_key=True),
    Column("handed", Whole, nullable=False),
    Column("whole", Whole, nullable=False),
    Column("used", Whole, nullable=False),
    CheckConstraint("0 <= used AND used <= handed AND handed <= whole", name="counts"),
    sqlite_strict=True,
)
"""How far a school was at the last look of each week: figures alone."""

account_receipt = Table(
    "account_receipt",
    metadata,
    Column("id", Text, primary_key=True),
    Column("school", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("at", Whole, nullable=False),
    Column("actor", Text, nullable=False),
    Column("recipient", Text),
    Column("reverses", Text),
    Column("detail", LargeBinary, nullable=False),
    Index(None, "person", "at"),
    Index(None, "at"),
    Index(None, "reverses", unique=True),
    CheckConstraint("recipient IN ('student', 'parent', 'teacher')", name="recipient"),
    CheckConstraint("(recipient IS NULL) <> (reverses IS NULL)", name="either"),
    sqlite_strict=True,
)
"""That an account was handed over, or (`reverses`: the id of a row, or of a password operation whose director noted
the handing over) that it was not. `detail`: nothing any more, encrypted.
"""

school_choice = Table(
    "school_choice",
    metadata,
    Column("school", Text, primary_key=True),
    Column("changed_at", Whole, nullable=False),
    Column("detail", LargeBinary, nullable=False),
    sqlite_strict=True,
)
"""What each school has chosen for handing over, encrypted: who may close is a right, and not to be given by hand."""

account_group = Table(
    "account_group",
    metadata,
    Column("id", Text, primary_key=True),
    Column("school", Text, nullable=False),
    Column("changed_at", Whole, nullable=False),
    Column("detail", LargeBinary, nullable=False),
    Index(None, "school"),
    Index(None, "changed_at"),
    sqlite_strict=True,
)
"""A school's own groups. `detail`: name and people, encrypted."""

account_ask = Table(
    "account_ask",
    metadata,
    Column("id", Text, primary_key=True),
    Column("school", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("at", Whole, nullable=False),
    Column("teacher", Text, nullable=False),
    Column("tenant", Text, nullable=False),
    Column("detail", LargeBinary, nullable=False),
    Index(None, "person", "at"),
    Index(None, "teacher", "at"),
    Index(None, "at"),
    sqlite_strict=True,
)
"""A class teacher asks for a password for a student. `detail`: both names, encrypted."""
