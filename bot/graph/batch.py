"""`$batch`: up to 20 calls in one request, each with its own answer (learn.microsoft.com/graph/json-batching)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.core.errors import DirectoryMisunderstood
from bot.graph.describing import Area, Call, Cost
from bot.graph.failures import RETRYABLE, failure, is_not_found, request_id

MOST_ITEMS = 20
_UNAUTHORIZED, _FAILED_DEPENDENCY = 401, 424


@dataclass(frozen=True, slots=True)
class Answer:
    """What Graph said to one call."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: object = field(default=None, repr=False)

    def found(self) -> object:
        """The body; None when Graph says that there is no such object. Errors: DirectoryError and its kinds."""
        if 200 <= self.status < 300:
            if self.body is None:  # nothing said is not "there is none"
                raise DirectoryMisunderstood("empty-answer", request_id(self.headers))
            return self.body
        if is_not_found(self.status, self.body):
            return None
        raise failure(self.status, self.headers, self.body)

    def value(self) -> object:
        """The body of something that must be there. Errors: DirectoryError and its kinds."""
        if 200 <= self.status < 300:
            return self.body
        raise failure(self.status, self.headers, self.body)


@dataclass(frozen=True, slots=True)
class Item:
    """One call of a batch; `after` are the positions of the calls that must have succeeded first."""

    call: Call
    after: tuple[int, ...] = ()


def folded(items: Mapping[int, Item]) -> Call:
    """One call that carries these items, each under its position. `dependsOn` names only items that travel too:
    what it depended on before is done, and an unknown id would make Graph refuse the whole batch.
    """
    if not 1 <= len(items) <= MOST_ITEMS:
        raise ValueError(f"a batch carries 1 to {MOST_ITEMS} calls, not {len(items)}")
    calls = [item.call for item in items.values()]
    versions = {call.version for call in calls}
    if len(versions) != 1:
        raise ValueError("one batch goes to one version of the API")
    intents = dict.fromkeys(call.intent for call in calls)
    return Call(
        intent="+".join(intents),
        method="POST",
        template="POST /$batch [" + ", ".join(dict.fromkeys(call.template for call in calls)) + "]",
        url="/$batch",
        version=versions.pop(),
        body={"requests": [_request(position, item, items) for position, item in items.items()]},
        priority="high" if any(call.priority == "high" for call in calls) else "low",
        repeatable=all(call.repeatable for call in calls),
        items=Cost(len(calls), sum(call.cost.to_teams for call in calls)),
        behind=frozenset[Area]().union(*(call.areas for call in calls)),
    )


def _request(position: int, item: Item, items: Mapping[int, Item]) -> dict[str, object]:
    call = item.call
    # The priority counts per item: each is throttled by its own service.
    headers = {"x-ms-throttle-priority": call.priority, **call.headers}
    request: dict[str, object] = {"id": str(position), "method": call.method, "url": call.url, "headers": headers}
    if call.body is not None:
        headers.setdefault("Content-Type", "application/json")
        request["body"] = call.body
    if after := [str(other) for other in item.after if other in items]:
        request["dependsOn"] = after
    return request


def unfolded(body: object, asked: Sequence[int]) -> dict[int, Answer]:
    """The answers by position. Errors: DirectoryMisunderstood when one is missing, doubled or unexpected."""
    responses = body.get("responses") if isinstance(body, Mapping) else None
    if not isinstance(responses, list):
        raise DirectoryMisunderstood("batch-without-responses")
    positions = {str(position): position for position in asked}
    answers: dict[int, Answer] = {}
    for response in responses:
        position, answer = _answer(response, positions)
        if position in answers:
            raise DirectoryMisunderstood("batch-answer-twice")
        answers[position] = answer
    if len(answers) != len(positions):
        raise DirectoryMisunderstood("batch-answer-missing")
    return answers


def _answer(response: object, positions: Mapping[str, int]) -> tuple[int, Answer]:
    if not isinstance(response, Mapping):
        raise DirectoryMisunderstood("batch-answer-unreadable")
    identifier, status, headers = response.get("id"), response.get("status"), response.get("headers")
    if not isinstance(identifier, str) or identifier not in positions:
        raise DirectoryMisunderstood("batch-answer-unknown")
    if isinstance(status, bool) or not isinstance(status, int):
        raise DirectoryMisunderstood("batch-answer-without-status")
    return positions[identifier], Answer(status, _headers(headers), response.get("body"))


def _headers(headers: object) -> dict[str, str]:
    """Item headers arrive in a plain object, in whatever case the service behind used."""
    if not isinstance(headers, Mapping):
        return {}
    known = {"retry-after": "Retry-After", "date": "Date", "request-id": "request-id"}
    return {
        known[name.lower()]: str(value)
        for name, value in headers.items()
        if isinstance(name, str) and name.lower() in known
    }


def refused_token(answers: Mapping[int, Answer]) -> set[int]:
    """The items that did nothing because their token was refused, while the batch was carried out."""
    return {position for position, answer in answers.items() if answer.status == _UNAUTHORIZED}


def tells_of_refused_token(whole: Answer) -> bool:
    """The same of a batch as it arrived: whether there is one."""
    responses = whole.body.get("responses") if isinstance(whole.body, Mapping) else None
    return isinstance(responses, list) and any(
        isinstance(one, Mapping) and one.get("status") == _UNAUTHORIZED for one in responses
    )


def to_repeat(
    items: Mapping[int, Item], answers: Mapping[int, Answer], *, new_token: bool = False
) -> dict[int, Item]:
    """The items worth sending again: those that failed for a moment, and those that only waited for one of them; with
    a new token those whose token was refused.
    """
    again = {
        position
        for position, answer in answers.items()
        if answer.status in RETRYABLE and items[position].call.repeatable
    }
    again |= refused_token(answers) if new_token else set()
    grew = True
    while grew:
        waiting = {
            position
            for position, answer in answers.items()
            if answer.status == _FAILED_DEPENDENCY and again.intersection(items[position].after)
        }
        grew = not waiting <= again
        again |= waiting
    return {position: items[position] for position in sorted(again)}
