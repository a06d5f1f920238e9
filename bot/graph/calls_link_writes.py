"""The calls that mend a class link, for the writer identity only: the task engine repeats them, nobody else."""

from collections.abc import Mapping

from bot.graph.calls import SCHOOL
from bot.graph.calls_links import GROUP
from bot.graph.calls_rosters import CLASS
from bot.graph.describing import Call, entity_id, object_id, writes
from bot.graph.options import GraphOptions


class LinkWriteCalls:
    """Each raises ValueError for an argument outside its grammar."""

    def __init__(self, options: GraphOptions) -> None:
        self._base = options.base_url.rstrip("/")

    def add_teacher(self, class_id: str, person_id: str) -> Call:
        """Makes the person a teacher of the class, which owns its group."""
        body = {"@odata.id": f"{self._base}/v1.0/education/users/{object_id(person_id)}"}
        path = (CLASS, entity_id(class_id, "class"))
        return writes("add-teacher", "POST", "ClassTeachersRefBuilder", path, body=body, priority="high")

    def create_class(self, fields: Mapping[str, str]) -> Call:
        """Makes the class, which is a group without a team. Not repeatable: look its `externalId` up first."""
        return writes("create-class", "POST", "ClassesBuilder", body=dict(fields), priority="high")

    def class_to_school(self, school_id: str, class_id: str) -> Call:
        """Adds the class to the school."""
        body = {"@odata.id": f"{self._base}/v1.0/education/classes/{entity_id(class_id, 'class')}"}
        path = (SCHOOL, entity_id(school_id, "school"))
        return writes("class-to-school", "POST", "SchoolClassesRefBuilder", path, body=body, priority="high")

    def make_team(self, class_id: str) -> Call:
        """Gives the group of a class its team. Another way of making a team loses assignments and the notebook
        (support.microsoft.com, "Provisioning class notebooks and sites at scale").
        """
        path = (GROUP, entity_id(class_id, "class"))
        return writes("make-team", "PUT", "GroupTeamBuilder", path, body={}, priority="high")
