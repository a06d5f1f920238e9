"""The calls about the links of a class: which classes there are, their groups, people and teams."""

from collections.abc import Sequence

from bot.graph.calls import CLASS, EDUCATION_USER, SCHOOL, THE_CLASS
from bot.graph.describing import Call, Priority, entity_id, object_id, reads
from bot.graph.identities import is_external_id, quoted
from bot.graph.options import GraphOptions, Version

MOST_IDS = 15
"""Values of one `in` clause (learn.microsoft.com/graph/filter-query-parameter)."""

_GROUP = ("id", "resourceProvisioningOptions", "createdDateTime")
_OWNERS = ("owners($select=id,userPrincipalName)",)
"""At most 20 come expanded (learn.microsoft.com/graph/api/group-list); a class has fewer teachers."""
_TEAM = ("id", "isArchived", "isMembershipLimitedToOwners")
GROUP, TEAM = "group%2Did", "team%2Did"


class LinkCalls:
    """Each raises ValueError for an argument outside its grammar. `version`: where classes are found by their row; a
    batch goes to one version, so what travels with them is asked there, too.
    """

    def __init__(self, options: GraphOptions, priority: Priority, version: Version = "v1.0") -> None:
        self._page_size = options.page_size
        self._priority = priority
        self._version = version

    def taught(self, person_id: str) -> Call:
        """The classes the person teaches."""
        return reads(
            "taught-classes",
            "TaughtClassesBuilder",
            (EDUCATION_USER, object_id(person_id)),
            version=self._version,
            select=THE_CLASS,
            top=self._page_size,
            priority=self._priority,
        )

    def with_external_id(self, external_id: str) -> Call:
        """The classes of one curriculum row: one, or by mistake several."""
        if not is_external_id(external_id):
            raise ValueError("not an external id")
        return reads(
            "class-by-external-id",
            "ClassesBuilder",
            version=self._version,
            where=f"externalId eq {quoted(external_id)}",
            select=THE_CLASS,
            priority=self._priority,
        )

    def of_school(self, school_id: str) -> Call:
        """The classes of one school; paged."""
        return reads(
            "links-of-school",
            "SchoolClassesBuilder",
            (SCHOOL, entity_id(school_id, "school")),
            select=THE_CLASS,
            top=self._page_size,
            priority=self._priority,
        )

    def groups(self, class_ids: Sequence[str]) -> Call:
        """Whether classes have a team, since when they are there, and who owns them. The property of the group costs
        none of the Teams service's 30 requests a second.
        """
        if not 1 <= len(class_ids) <= MOST_IDS:
            raise ValueError(f"1 to {MOST_IDS} classes")
        ids = ", ".join(quoted(entity_id(each, "class")) for each in class_ids)
        return reads(
            "class-groups",
            "GroupsBuilder",
            where=f"id in ({ids})",
            select=_GROUP,
            expand=_OWNERS,
            priority=self._priority,
        )

    def members(self, class_id: str) -> Call:
        """Who is in a class, by username."""
        return reads(
            "class-people",
            "ClassMembersBuilder",
            (CLASS, entity_id(class_id, "class")),
            select=("id", "userPrincipalName"),
            top=self._page_size,
            priority=self._priority,
        )

    def schools(self, class_id: str) -> Call:
        """The schools of a class: one, or none of a class that is being made."""
        return reads(
            "schools-of-class",
            "ClassSchoolsBuilder",
            (CLASS, entity_id(class_id, "class")),
            select=("id",),
            priority=self._priority,
        )

    def team(self, class_id: str) -> Call:
        """Whether the team of a class is archived, and open to students: only /beta tells the second (its
        documentation names `isMembershipLimitedToOwners`, the v1.0 metadata does not).
        """
        return reads(
            "class-team",
            "TeamBuilder",
            (TEAM, entity_id(class_id, "class")),
            version="beta",
            select=_TEAM,
            priority=self._priority,
        )
