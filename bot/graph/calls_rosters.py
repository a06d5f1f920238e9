"""The calls about class teams."""

from bot.graph.calls import SCHOOL
from bot.graph.describing import Call, entity_id, reads
from bot.graph.options import GraphOptions

CLASS = "educationClass%2Did"
"""See `calls.EDUCATION_USER`."""


class RosterCalls:
    """Each raises ValueError for an argument outside its grammar."""

    def __init__(self, options: GraphOptions) -> None:
        self._page_size = options.page_size

    def classes_of_school(self, school_id: str) -> Call:
        """The class teams of one school; paged."""
        return reads(
            "classes-of-school",
            "SchoolClassesBuilder",
            (SCHOOL, entity_id(school_id, "school")),
            select=("id", "displayName"),
            top=self._page_size,
        )

    def members(self, class_id: str) -> Call:
        """Who is in a class team, by id alone; paged."""
        return reads(
            "class-members",
            "ClassMembersBuilder",
            (CLASS, entity_id(class_id, "class")),
            select=("id",),
            top=self._page_size,
        )

    def teachers(self, class_id: str) -> Call:
        """Who teaches a class team, by id alone; nobody waits for it."""
        return reads(
            "class-teachers",
            "ClassTeachersBuilder",
            (CLASS, entity_id(class_id, "class")),
            select=("id",),
            priority="low",
        )
