"""The port `EnrolmentWriter` over Microsoft Graph, with the writer identity."""

from collections.abc import Sequence

from bot.core.errors import AccountMissing
from bot.core.transfers.model import Step, StepKind
from bot.core.transfers.ports import Outcome
from bot.graph.batch import MOST_ITEMS, Answer, Item, folded, unfolded
from bot.graph.calls_enrolments import EnrolmentCalls
from bot.graph.describing import Call, warm
from bot.graph.failures import error_code, error_message, is_not_found
from bot.graph.identities import is_object_id
from bot.graph.options import GraphOptions
from bot.graph.transport import GraphTransport
from bot.graph.writer import write_failure

_LEAVES = frozenset({StepKind.LEAVE_TEAM, StepKind.LEAVE_SCHOOL})
_JOINS = frozenset({StepKind.JOIN_TEAM, StepKind.JOIN_SCHOOL})


class GraphEnrolments:
    """Each call is one request on the wire, a `$batch` where there are several steps. Whether something is repeated
    the task engine decides, which has written down what is done.
    """

    def __init__(self, transport: GraphTransport, options: GraphOptions) -> None:
        self._transport = transport
        self._calls = EnrolmentCalls(options)

    async def carry_out(self, person_id: str, steps: Sequence[Step]) -> tuple[Outcome, ...]:
        """See `EnrolmentWriter`. Errors: also ValueError for more than 20 steps, or of several kinds."""
        if not 1 <= len(steps) <= MOST_ITEMS or len({step.kind for step in steps}) != 1:
            raise ValueError("1 to 20 steps of one kind go together")
        if not is_object_id(person_id):
            raise AccountMissing("no-object-id")
        await warm()
        calls = [self._call(person_id, step) for step in steps]
        if len(calls) == 1:
            return (_outcome(steps[0], await self._transport.send_once(calls[0])),)
        batch = folded(dict(enumerate(map(Item, calls))))
        whole = await self._transport.send_once(batch, cost=len(calls))
        if whole.status != 200:
            raise write_failure(whole)
        answers = unfolded(whole.body, tuple(range(len(calls))))
        return tuple(_outcome(step, answers[place]) for place, step in enumerate(steps))

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


def _outcome(step: Step, answer: Answer) -> Outcome:
    if 200 <= answer.status < 300:
        return Outcome(step)
    missing = is_not_found(answer.status, answer.body)
    if missing and step.kind in _LEAVES:
        return Outcome(step)  # who is not there need not leave
    if missing and step.kind is StepKind.JOIN_TEAM:
        # Graph names neither the team nor the person as the one that is missing. The person was read a moment ago.
        return Outcome(step, gone=True)
    if step.kind in _JOINS and _is_there_already(answer):
        return Outcome(step)
    return Outcome(step, error=write_failure(answer))


def _is_there_already(answer: Answer) -> bool:
    """Whether the person had been added before. There is no code of its own for it, only the general one and this
    sentence (learn.microsoft.com/graph/api/group-post-members); should it change, the step fails and people look.
    """
    known = error_code(answer.body) == "Request_BadRequest"
    return answer.status == 400 and known and "already exist" in error_message(answer.body)
