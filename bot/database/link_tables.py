"""The tables of class links; the rules are those of `tables.py`."""

from sqlalchemy import CheckConstraint, Column, Index, LargeBinary, Table, Text, text

from bot.database.tables import Whole, metadata

_OPEN = text("stage = 'open'")

expected_list = Table(
    "expected_list",
    metadata,
    Column("school_code", Text, primary_key=True),
    Column("checked_at", Whole, nullable=False),
    Column("detail", LargeBinary, nullable=False),
    sqlite_strict=True,
)
"""The register's list of each school as it was last fetched: one row a school, replaced as a whole."""

link_case = Table(
    "link_case",
    metadata,
    Column("id", Text, primary_key=True),
    Column("matter", Text, nullable=False),
    Column("school", Text, nullable=False),
    Column("link", LargeBinary, nullable=False),
    Column("at", Whole, nullable=False),
    Column("actor", Text, nullable=False),
    Column("tenant", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("ended_at", Whole),
    Column("ended_by", Text),
    Column("trouble", Text),
    Column("people", Whole, nullable=False),
    Column("detail", LargeBinary, nullable=False),
    Index("uq_link_case_open", "school", "link", "matter", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
    Index(None, "school", "at"),
    Index(None, "ended_at"),
    CheckConstraint("matter IN ('add-owner', 'add-students', 'create', 'question')", name="matter"),
    CheckConstraint("stage IN ('open', 'done', 'failed', 'declined')", name="stage"),
    CheckConstraint("(stage = 'open') = (ended_at IS NULL) AND (stage = 'open') = (ended_by IS NULL)", name="ended"),
    CheckConstraint("(trouble IS NOT NULL) = (stage = 'failed') AND people >= 0", name="trouble"),
    sqlite_strict=True,
)
"""What somebody began about a link: an act of the worker's, or a question. `link` is a keyed hash of class and
teacher, whose name is not to be read in a dump.
"""

errand_link = Table(
    "errand_link",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("errand", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("tenant", Text, nullable=False),
    Column("school", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("until", Whole, nullable=False),
    Column("used_at", Whole),
    Column("about", Text, nullable=False, server_default=text("''")),
    Index(None, "actor", "errand"),
    Index(None, "until"),
    CheckConstraint(
        "errand IN ('table', 'list', 'accounts', 'protocol', 'parents', 'people', 'region')", name="errand"
    ),
    sqlite_strict=True,
)
"""Single-use links to pages: of class links, of a school's accounts. `digest` is a keyed digest of the token, with a
MAC over the row. `about`: which part of the school is meant.
"""

school_platform = Table(
    "school_platform",
    metadata,
    Column("school", Text, primary_key=True),
    Column("platform", Text, nullable=False),
    Column("changed_at", Whole, nullable=False),
    CheckConstraint("platform IN ('teams', 'classroom')", name="platform"),
    sqlite_strict=True,
)

link_mark = Table(
    "link_mark",
    metadata,
    Column("school", Text, primary_key=True),
    Column("link", LargeBinary, primary_key=True),
    Column("by", Text, nullable=False),
    Column("at", Whole, nullable=False),
    Column("removed", Whole, nullable=False),
    Column("detail", LargeBinary, nullable=False),
    CheckConstraint("removed IN (0, 1)", name="removed"),
    sqlite_strict=True,
)
"""Links made by hand in Google Classroom. A mark taken away stays as one, so that it is known that
something changed; all go after 400 days."""
