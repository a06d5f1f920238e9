"""Answers requests to Graph: faults first, then who is asking, then the operation; the same for items of a $batch."""

import asyncio
import json
import time
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from simulator.entra.tokens import TokenIssuer, TokenRefused
from simulator.faults import Fault, FaultPlan
from simulator.graph.batch import BatchItem, at_once, read_batch
from simulator.graph.call import Answer, Call, GraphError, bad_request, read_target
from simulator.graph.error_forms import formed
from simulator.graph.errors import HTML, JSON, REPORTED, WORDS, Trace
from simulator.graph.operations import ROUTES
from simulator.graph.quirks import shown, worded
from simulator.graph.route import Router
from simulator.graph.withholding import check, withheld
from simulator.graph.world import World


class Dropped(Exception):
    """The connection ends here, without an answer."""


_LONG_PAGE = 500

_CHALLENGE = {
    "WWW-Authenticate": 'Bearer realm="", '
    'authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", '
    'client_id="00000003-0000-0000-c000-000000000000"'
}


@dataclass(frozen=True, slots=True)
class Sent:
    """What goes over the wire: a JSON value, or text that is not JSON."""

    status: int
    headers: dict[str, str]
    body: Any = None
    text: str | None = None


@dataclass(slots=True)
class GraphService:
    """Graph of one tenant. `requests` counts by operation; what came inside a $batch is counted in `batch_items`."""

    world: World
    tokens: TokenIssuer
    faults: FaultPlan
    base: str
    requests: Counter[str] = field(default_factory=Counter)
    batch_items: Counter[str] = field(default_factory=Counter)
    throttled: int = 0
    """Requests and items answered 429."""
    router: Router = field(default_factory=lambda: Router(ROUTES))

    async def answer(self, method: str, target: str, headers: Mapping[str, str], body: Any) -> Sent:
        """One request. `target` is the raw path with query; header names are lower-case. Errors: Dropped."""
        trace = Trace.start(self.world.dice, headers)
        try:
            call = self._call(method, target, headers, body)
            batch = call.segments == ("$batch",) and method == "POST"
            name = "POST /$batch" if batch else self.router.name(method, call.segments)
            self.requests[name] += 1
            await asyncio.sleep(self.faults.latency)
            fault = await self._fault(name, headers)
            if fault is not None and not fault.carried_out:
                return self._formed(broken(fault, trace))
            bearer = self.tokens.read(headers.get("authorization", ""))
            call = replace(
                call,
                client=bearer.client,
                permissions=bearer.permissions,
                roles=bearer.roles,
                delegated=bearer.delegated,
            )
            sent = await self._batch(call, trace) if batch else self._single(call, trace)
        except TokenRefused as error:
            refused = GraphError(401, "InvalidAuthenticationToken", str(error), _CHALLENGE)
            return self._formed(_refusal(refused, trace))
        except GraphError as error:
            return self._formed(_refusal(worded(error, self.world.quirks), trace))
        await asyncio.sleep(self._page_seconds(sent.body))
        return _spoiled(sent, fault)

    def _formed(self, sent: Sent, *, in_batch: bool = False) -> Sent:
        """An error as this tenant writes it."""
        if not isinstance(sent.body, dict) or "error" not in sent.body:
            return sent
        self.throttled += sent.status == 429
        form = self.world.dialect.error_forms
        body, text = formed(sent.status, sent.body, form, self.world.dice, in_batch=in_batch)
        headers = {**sent.headers, "Content-Type": "text/html"} if text else sent.headers
        return replace(sent, headers=headers, body=body, text=text)

    def _page_seconds(self, body: Any) -> float:
        """How long this answer takes: of a batch, as long as its slowest item."""
        if not isinstance(body, dict):
            return 0.0
        if "responses" in body:
            return max((self._page_seconds(item.get("body")) for item in body["responses"]), default=0.0)
        listed = body.get("value")
        return self.world.dialect.page_seconds * len(listed) / _LONG_PAGE if isinstance(listed, list) else 0.0

    def _call(self, method: str, target: str, headers: Mapping[str, str], body: Any) -> Call:
        version, _, rest = target.lstrip("/").partition("/")
        segments, query, options = read_target(rest)
        most = self.world.dialect.page_most
        return Call(method, version, segments, self.base, query, options, headers, body, page_most=most)

    async def _fault(self, name: str, headers: Mapping[str, str]) -> Fault | None:
        try:
            return await begun(self.faults.next_for(name, headers.get("x-simulator-fault")))
        except ValueError as error:
            raise bad_request(str(error)) from error

    def _single(self, call: Call, trace: Trace) -> Sent:
        self.world.replication.catch_up(time.monotonic())
        check(call, self.world.dialect)
        year = self.world.tenant.options.school_year
        answer = withheld(self.router.answer(call, self.world), call, self.world.dialect, year)
        return _sent(shown(answer, call, self.world.quirks), trace)

    async def _batch(self, call: Call, trace: Trace) -> Sent:
        items = read_batch(call.body)
        late = at_once(items) if self.world.dialect.one_change_at_once else frozenset()
        answers: dict[str, Sent] = {}
        for item in items:  # read_batch puts an item after those it depends on
            failed = any(answers[name].status >= 400 for name in item.depends_on)
            answers[item.id] = _dependency_failed(trace) if failed else await self._item(call, item, late)
        order = list(answers)
        self.world.dice.shuffle(order)
        return _sent(Answer(body={"responses": [_item_body(name, answers[name]) for name in order]}), trace)

    async def _item(self, batch: Call, item: BatchItem, late: Collection[str]) -> Sent:
        trace = Trace.start(self.world.dice, item.headers)
        try:
            segments, query, options = read_target(item.url)
            name = self.router.name(item.method, segments)
            self.batch_items[name] += 1
            fault = Fault("concurrent", 400) if item.id in late else await self._fault(name, item.headers)
            if fault is not None and not fault.carried_out:
                return self._formed(broken(fault, trace), in_batch=True)
            call = replace(
                batch,
                method=item.method,
                segments=segments,
                query=query,
                options=options,
                headers=item.headers,
                body=item.body,
            )
            sent = self._single(call, trace)
        except GraphError as error:
            return self._formed(_refusal(worded(error, self.world.quirks), trace), in_batch=True)
        return _spoiled(sent, fault)


async def begun(fault: Fault | None) -> Fault | None:
    """Waits where the fault is slowness; the fault that is left to show. Errors: Dropped."""
    if fault is not None and fault.kind == "drop":
        raise Dropped
    if fault is not None and fault.kind == "slow":
        await asyncio.sleep(fault.delay)
        return None
    return fault


def _sent(answer: Answer, trace: Trace) -> Sent:
    headers = {**trace.headers(), "OData-Version": "4.0", **answer.headers}
    if answer.body is not None:
        headers["Content-Type"] = JSON
    return Sent(answer.status, headers, answer.body)


def _refusal(error: GraphError, trace: Trace) -> Sent:
    headers = {**trace.headers(), "Content-Type": "application/json", **error.headers}
    return Sent(error.status, headers, trace.error(error.code, error.message, error.details))


def broken(fault: Fault, trace: Trace) -> Sent:
    """What is answered instead."""
    headers = {} if fault.retry_after is None else {"Retry-After": f"{fault.retry_after:g}"}
    if fault.kind == "html":
        return Sent(fault.status, {"Content-Type": "text/html", **headers}, text=HTML)
    words = REPORTED.get(fault.kind, WORDS[fault.status])
    return _refusal(GraphError(fault.status, *words, headers), trace)


def _spoiled(sent: Sent, fault: Fault | None) -> Sent:
    """What is left of the answer to a request that was carried out. Errors: Dropped."""
    if fault is None:
        return sent
    if fault.kind == "lost":
        raise Dropped
    whole = json.dumps(sent.body)
    return Sent(sent.status, sent.headers, text=whole[: len(whole) // 2])


def _dependency_failed(trace: Trace) -> Sent:
    return _refusal(
        GraphError(424, "FailedDependency", "Failed because one of the requests it depends on failed."), trace
    )


def _item_body(name: str, sent: Sent) -> dict[str, Any]:
    body: dict[str, Any] = {"id": name, "status": sent.status, "headers": sent.headers}
    content = sent.body if sent.text is None else sent.text
    return body if content is None else {**body, "body": content}
