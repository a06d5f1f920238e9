"""The port `ClassWriter` over Microsoft Graph, with the writer identity.

Each call is one request on the wire; whether something is repeated the task engine decides. What is repeated finds
its first success: somebody who is there already, a class that is in the school, a team that stands.
"""

from collections.abc import Sequence

from bot.core.errors import DirectoryMisunderstood, DirectoryUnavailable
from bot.graph import reading
from bot.graph.batch import MOST_ITEMS, Answer, Item, folded, unfolded
from bot.graph.calls_enrolments import EnrolmentCalls
from bot.graph.calls_link_writes import LinkWriteCalls
from bot.graph.describing import Call, warm
from bot.graph.enrolments import says_made_already, says_there_already
from bot.graph.failures import is_not_found, request_id
from bot.graph.identities import is_entity_id, is_external_id, is_object_id, normal
from bot.graph.missing import MAKE_TEAM, WRITE_ROSTER, refusal
from bot.graph.options import GraphOptions
from bot.graph.transport import GraphTransport

_SOURCE = "sis"
"""`externalSource` of a class that comes from a register (learn.microsoft.com, educationExternalSource)."""


class GraphClassWriter:
    """See the module."""

    def __init__(self, transport: GraphTransport, options: GraphOptions) -> None:
        self._transport = transport
        self._calls = LinkWriteCalls(options)
        self._enrolments = EnrolmentCalls(options)

    async def add_teachers(self, class_id: str, people: Sequence[str]) -> None:
        """See `ClassWriter`."""
        await warm()
        await self._all([self._calls.add_teacher(class_id, each) for each in _people(people)])

    async def add_students(self, class_id: str, people: Sequence[str]) -> None:
        """See `ClassWriter`."""
        await warm()
        await self._all([self._enrolments.join_team(class_id, each) for each in _people(people)])

    async def create(self, external_id: str, title: str) -> str:
        """See `ClassWriter`. The nickname follows from the row's id: a second class of the row is refused. The first
        (perhaps of an attempt of ours whose answer was lost) is to be looked for again until it is seen.
        """
        if not is_external_id(external_id):
            raise DirectoryMisunderstood("not-an-external-id")
        await warm()
        nickname = "class" + "".join(filter(str.isalnum, external_id))
        fields = {
            "displayName": title[: reading.MOST_TEXT],
            "description": title[: reading.MOST_TEXT],
            "mailNickname": nickname,
            "classCode": external_id,
            "externalId": external_id,
            "externalName": title[: reading.MOST_TEXT],
            "externalSource": _SOURCE,
        }
        answer = await self._transport.send_once(self._calls.create_class(fields))
        if says_made_already(answer):
            raise DirectoryUnavailable("class-made-and-not-seen", request_id(answer.headers, answer.body))
        if answer.status != 201:
            raise await refusal(self._transport, WRITE_ROSTER, answer)
        identifier = normal(reading.text(reading.thing(answer.body, "class").get("id")))
        if not is_entity_id(identifier):
            raise DirectoryUnavailable("class-without-id", request_id(answer.headers))
        return identifier

    async def to_school(self, school_id: str, class_id: str) -> None:
        """See `ClassWriter`."""
        await warm()
        await self._judge(await self._transport.send_once(self._calls.class_to_school(school_id, class_id)))

    async def make_team(self, class_id: str) -> bool:
        """See `ClassWriter`. 409: it has one."""
        await warm()
        answer = await self._transport.send_once(self._calls.make_team(class_id))
        if answer.status in {200, 201, 202, 409}:
            return True
        if is_not_found(answer.status, answer.body):
            return False
        raise await refusal(self._transport, MAKE_TEAM, answer)

    async def _all(self, calls: Sequence[Call]) -> None:
        """Those that did not fail are done, whatever becomes of this call."""
        if len(calls) == 1:
            await self._judge(await self._transport.send_once(calls[0]))
            return
        items = dict(enumerate(map(Item, calls)))
        whole = await self._transport.send_once(folded(items), cost=len(items))
        if whole.status != 200:
            raise await refusal(self._transport, WRITE_ROSTER, whole)
        try:
            answers = unfolded(whole.body, tuple(items))
        except DirectoryMisunderstood as error:
            raise DirectoryUnavailable(error.code, request_id(whole.headers)) from None
        for answer in answers.values():
            await self._judge(answer)

    async def _judge(self, answer: Answer) -> None:
        """Nothing, when it is done or was done before. Errors: see `ClassWriter`."""
        if answer.status not in {200, 201, 204} and not says_there_already(answer):
            raise await refusal(self._transport, WRITE_ROSTER, answer)


def _people(people: Sequence[str]) -> tuple[str, ...]:
    if not 1 <= len(people) <= MOST_ITEMS or not all(map(is_object_id, people)):
        raise ValueError("1 to 20 object ids")
    return tuple(dict.fromkeys(people))
