"""The ports `EnrolmentWriter` and `ClassWriter` over Microsoft Graph, with the writer identity.

Of `ClassWriter` each call is one request on the wire, or one for each person; whether something is repeated the task
engine decides. What is repeated finds its first success: somebody who is there already, a class that is in the
school, a team that stands.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from bot.core.errors import (
    AccountMissing,
    DirectoryError,
    DirectoryForbidden,
    DirectoryMisunderstood,
    DirectoryUnavailable,
)
from bot.core.transfers.model import Step, StepKind
from bot.core.transfers.ports import StepOutcome
from bot.graph import reading
from bot.graph.batch import MOST_ITEMS, Answer, Item, folded, refused_token, unfolded
from bot.graph.calls_writer import EnrolmentCalls, LinkWriteCalls
from bot.graph.describing import Call, warm
from bot.graph.failures import (
    DEFAULT_RETRY_AFTER,
    busy,
    error_code,
    error_message,
    failure,
    is_not_found,
    is_passing,
    request_id,
)
from bot.graph.identities import is_entity_id, is_external_id, is_object_id, normal
from bot.graph.missing import ENABLE, MAKE_TEAM, WRITE_ROSTER, refusal, write_failure
from bot.graph.options import GraphOptions
from bot.graph.role_scopes import RoleScopes
from bot.graph.transport import GraphTransport

_LEAVES = frozenset({StepKind.LEAVE_TEAM, StepKind.LEAVE_SCHOOL})
_JOINS = frozenset({StepKind.JOIN_TEAM, StepKind.JOIN_SCHOOL})
_THERE_ALREADY = (
    "added object references already exist",
    "conflicting object with one or more of the specified property values is present",
)
"""Either is said of somebody (or something) that is there. Of an object that is to be made the second means another
one, so it is looked for after adding alone.
"""
_TAKEN = "same value for property mailnickname already exists"
_CONFLICT_CODES = frozenset({"Request_BadRequest", "Request_MultipleObjectsWithSameKeyValue"})
_NOT_THERE = "removed object references do not exist"

_BEGINS, _LAST_LESSONS = (9, 15), (6, 30)
_SOURCE = "sis"
"""`externalSource` of a class that comes from a register (learn.microsoft.com, educationExternalSource)."""


class GraphEnrolments:
    """Each call is one request on the wire: the step itself, or a `$batch` of several. Whether something is repeated
    the task engine decides, which has written down what is done.

    A single DELETE travels in a `$batch` too: aiohttp repeats one by itself when the connection ends, which the
    method allows (RFC 9110, 9.2.2) and our promise does not.
    """

    def __init__(self, transport: GraphTransport, options: GraphOptions, scopes: RoleScopes | None = None) -> None:
        """Without `scopes` it cannot be told where the writer's directory roles hold."""
        self._transport = transport
        self._scopes = scopes
        self._calls = EnrolmentCalls(options)
        self._enables = False

    async def carry_out(self, person_id: str, steps: Sequence[Step]) -> tuple[StepOutcome, ...]:
        """See `EnrolmentWriter`. Errors: also ValueError for more than 20 steps, or of several kinds."""
        if not 1 <= len(steps) <= MOST_ITEMS or len({step.kind for step in steps}) != 1:
            raise ValueError("1 to 20 steps of one kind go together")
        if not is_object_id(person_id):
            raise AccountMissing("no-object-id")
        await warm()
        calls = [self._call(person_id, step) for step in steps]
        if len(calls) == 1 and calls[0].method != "DELETE":
            return (await self._outcome(person_id, steps[0], await self._transport.send_once(calls[0])),)
        answers = await self._all_at_once(calls)
        return tuple(
            [await self._outcome(person_id, step, answer) for step, answer in zip(steps, answers, strict=True)]
        )

    async def _outcome(self, person_id: str, step: Step, answer: Answer) -> StepOutcome:
        outcome = _judged(person_id, step, answer)
        enabling = step.kind is StepKind.ENABLE
        if outcome.error is None:
            self._enables = self._enables or enabling
        if not isinstance(outcome.error, DirectoryForbidden):
            return outcome
        call = ENABLE if enabling else WRITE_ROSTER
        outside = None if self._scopes is None else partial(self._scopes.outside, person_id)
        error = await refusal(self._transport, call, answer, works=enabling and self._enables, outside=outside)
        return replace(outcome, error=error)

    async def _all_at_once(self, calls: Sequence[Call]) -> tuple[Answer, ...]:
        """The answers of a `$batch`, in order; those whose token was refused, which did nothing, once more."""
        items = dict(enumerate(map(Item, calls)))
        answers = await self._sent(items)
        if again := {place: items[place] for place in sorted(refused_token(answers))}:
            answers |= await self._sent(again)
        return tuple(answers[place] for place in items)

    async def _sent(self, items: Mapping[int, Item]) -> dict[int, Answer]:
        """One that was carried out but does not tell what became of each is a doubt about all of them. Of those
        throttled the transport takes heed.
        """
        whole = await self._transport.send_once(folded(items))
        if whole.status == 404:  # of the batch itself: it says nothing about the person
            raise failure(whole.status, whole.headers, whole.body)
        if whole.status != 200:
            raise write_failure(whole)
        try:
            answers = unfolded(whole.body, tuple(items))
        except DirectoryMisunderstood as error:
            raise DirectoryUnavailable(error.code, request_id(whole.headers)) from None
        self._transport.heed(items, answers)
        return answers

    def _call(self, person_id: str, step: Step) -> Call:
        match step.kind:
            case StepKind.JOIN_SCHOOL:
                return self._calls.join_school(step.target, person_id)
            case StepKind.JOIN_TEAM:
                return self._calls.join_team(step.target, person_id)
            case StepKind.LEAVE_TEAM:
                return self._calls.leave_team(step.target, person_id)
            case StepKind.LEAVE_SCHOOL:
                return self._calls.leave_school(step.target, person_id)
            case StepKind.ENABLE:
                return self._calls.enable(person_id)


def _judged(person_id: str, step: Step, answer: Answer) -> StepOutcome:
    if _is_done(answer):
        return StepOutcome(step)
    missing = is_not_found(answer.status, answer.body)
    if step.kind in _LEAVES and (missing or _says(answer, _NOT_THERE)):
        return StepOutcome(step)  # who is not there need not leave
    if step.kind in _JOINS and says_there_already(answer):
        return StepOutcome(step)
    named = step.kind in _JOINS and _names(answer, step.target, but_not=person_id)
    if step.kind is StepKind.JOIN_TEAM and missing and named:
        return StepOutcome(step, gone=True)
    if missing and not named:
        # Of whom reading has just told. Whether the account is gone by now the next reading tells.
        return StepOutcome(
            step, error=busy(DEFAULT_RETRY_AFTER, "not-everywhere", request_id(answer.headers, answer.body))
        )
    return StepOutcome(step, error=write_failure(answer))


def _is_done(answer: Answer) -> bool:
    """204 is what the documentation promises; a page that somebody between us made is no success."""
    return answer.status == 204 or (answer.status in {200, 201} and isinstance(answer.body, Mapping | None))


def says_there_already(answer: Answer) -> bool:
    """Whether somebody (or something) is not added because it is there."""
    return any(_says(answer, sentence) for sentence in _THERE_ALREADY)


def says_made_already(answer: Answer) -> bool:
    """Whether an object is not made because one with its nickname is there, perhaps not seen by reads yet."""
    return _says(answer, _TAKEN) or says_there_already(answer)


def _says(answer: Answer, sentence: str) -> bool:
    """Whether the request was refused for this reason. Graph documents no code of its own for it: it answers with a
    general one, and only the sentence tells (Terraform's Entra provider judges by the same three). Should the
    sentence change, the step fails and people look.
    """
    known = error_code(answer.body) in _CONFLICT_CODES
    return answer.status in {400, 409} and known and sentence in error_message(answer.body)


def _names(answer: Answer, target: str, *, but_not: str) -> bool:
    """Whether a 404 is about the target. „No such object“ may be the team or the person, and only the id in the
    sentence tells which („Resource '…' does not exist or one of its queried reference-property objects are not
    present.“). Where it names neither or both, the team is not given up: trying again reads again, and at last people
    look.
    """
    message = error_message(answer.body)
    return _stands_in(target, message) and not _stands_in(but_not, message)


def _stands_in(identifier: str, message: str) -> bool:
    """The whole id, and not a part of a longer one."""
    return re.search(rf"(?<![0-9a-z-]){re.escape(identifier.lower())}(?![0-9a-z-])", message) is not None


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

    async def add_members(self, class_id: str, people: Sequence[str]) -> None:
        """See `ClassWriter`."""
        await warm()
        await self._all([self._enrolments.join_team(class_id, each) for each in _people(people)])

    async def create(self, external_id: str, title: str, day: date) -> str:
        """See `ClassWriter`. The nickname follows from the row's id: a second class of the row is refused. The first
        (perhaps of an attempt of ours whose answer was lost) is to be looked for again until it is seen. Without a
        term it would be its teachers' for ever.
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
            "term": _term_of(day),
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
        """See `ClassWriter`. 409: it has one, unless it says that two changed something at once."""
        await warm()
        answer = await self._transport.send_once(self._calls.make_team(class_id))
        has_one = answer.status == 409 and not is_passing(answer.status, answer.body)
        if has_one or answer.status in {200, 201, 202}:
            return True
        if is_not_found(answer.status, answer.body):
            return False
        raise await refusal(self._transport, MAKE_TEAM, answer)

    async def _all(self, calls: Sequence[Call]) -> None:
        """One after the other: the items of a `$batch` run at once, and two changes of one group at once are refused.
        What is wrong with one of them keeps no other out. Those that did not fail are done, whatever becomes of this
        call.
        """
        wrong: list[DirectoryError] = []
        for call in calls:
            try:
                await self._judge(await self._transport.send_once(call))
            except (AccountMissing, DirectoryMisunderstood) as error:
                wrong.append(error)
        if wrong:
            raise wrong[0]

    async def _judge(self, answer: Answer) -> None:
        """Nothing, when it is done or was done before. Errors: see `ClassWriter`."""
        if answer.status not in {200, 201, 204} and not says_there_already(answer):
            raise await refusal(self._transport, WRITE_ROSTER, answer)


def _term_of(day: date) -> dict[str, str]:
    """The school year that has this day, which ends with its summer, with the days of the ministry's own
    synchronisation (github.com/governmentbg/NEISPUO, sync-curriculums-without-azureid.service.ts).
    `term` is a property of the class that is made (learn.microsoft.com/graph/api/resources/educationclass).
    """
    year = day.year - ((day.month, day.day) < _BEGINS)
    return {
        "displayName": f"{year}/{year + 1}",
        "externalId": str(year),
        "startDate": date(year, *_BEGINS).isoformat(),
        "endDate": date(year + 1, *_LAST_LESSONS).isoformat(),
    }


def _people(people: Sequence[str]) -> tuple[str, ...]:
    if not 1 <= len(people) <= MOST_ITEMS or not all(map(is_object_id, people)):
        raise ValueError("1 to 20 object ids")
    return tuple(dict.fromkeys(people))
