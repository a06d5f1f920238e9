"""The calls that read the accounts of a whole school, unhurriedly: nobody's before a waiting person's."""

from bot.graph.calls import SCHOOL
from bot.graph.calls_links import GROUP
from bot.graph.describing import PERSON, Call, entity_id, reads
from bot.graph.options import GraphOptions
from bot.graph.ways import Ways

DATES = ("id", "accountEnabled", "createdDateTime", "lastPasswordChangeDateTime")
"""Answered only where they are selected; the roster has none of the last two."""
_SIGN_IN = "signInActivity"
"""Documented for users and lists of users; that lists of members take it is not."""
_MOST_WITH_SIGN_INS = 500
"""Of a page (learn.microsoft.com/graph/api/user-list)."""
UNIT = "administrativeUnit%2Did"


class SchoolAccountCalls:
    """Each raises ValueError for an argument outside its grammar."""

    def __init__(self, options: GraphOptions, ways: Ways) -> None:
        self.sign_ins = ways.sign_ins
        self._select = (*DATES, _SIGN_IN) if ways.sign_ins else DATES
        self._roster_page = options.page_size
        self._page = min(options.page_size, _MOST_WITH_SIGN_INS) if ways.sign_ins else options.page_size

    def people(self, school_id: str) -> Call:
        """Everybody of the school as the roster knows them; paged."""
        return reads(
            "accounts-of-school",
            "SchoolUsersBuilder",
            (SCHOOL, entity_id(school_id, "school")),
            select=PERSON,
            top=self._roster_page,
            priority="low",
        )

    def of_unit(self, school_id: str) -> Call:
        """The accounts in the school's administrative unit, which has the school's id; paged."""
        return reads(
            "accounts-of-unit",
            "UnitMembersBuilder",
            (UNIT, entity_id(school_id, "school")),
            select=self._select,
            top=self._page,
            priority="low",
        )

    def of_class(self, class_id: str) -> Call:
        """The accounts in the group of a class; paged."""
        return reads(
            "accounts-of-class",
            "GroupMembersBuilder",
            (GROUP, entity_id(class_id, "class")),
            select=self._select,
            top=self._page,
            priority="low",
        )
