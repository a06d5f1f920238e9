"""The lists of requests, and approving several at once."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.conversation import PeopleShown, Reply, Shows, number_of
from bot.core.actors.model import Role
from bot.core.transfers.blind import BlindTransfer, SeenTransfer
from bot.core.transfers.decide import Decided, Deed, MayBeDone, NotDecided, TooLate
from bot.core.transfers.model import Group, State
from bot.core.transfers.policy import Choice, acts_for, choices_of
from bot.core.transfers.read import ListPage, NotSeen
from bot.dialogs.dialog import Scene
from bot.dialogs.menu import denied, help_button
from bot.dialogs.paging import Page
from bot.dialogs.requests import one_request
from bot.dialogs.requests.cases import RequestCases
from bot.dialogs.requests.place import ListPlace
from bot.dialogs.requests.status_card import about, decided_by
from bot.presser import FORM_LIFETIME, STEP_LIFETIME
from bot.refusals import refusal
from bot.texts.moments import moment
from cards.actions import Button
from cards.charts import Share
from cards.checked import MOST_ACTIONS
from cards.transfer_list import RequestRow, transfer_list_card, transfer_many_card

_MOST_AT_ONCE = 10
_SHARES = {State.ESCALATED: "attention", State.OVERDUE: "warning", State.NEEDS_ATTENTION: "accent"}
"""What an office's list consists of, in its order."""
_Left = TooLate | NotDecided


async def show(cases: RequestCases, scene: Scene) -> Reply:
    """A page of a list: the one the button or the words name, else the one most likely wanted."""
    return await _list(cases, scene)


async def open_chosen(cases: RequestCases, scene: Scene) -> Reply:
    """The request chosen from the list of an older card."""
    chosen = scene.action.inputs.get("choice", "")
    known = chosen in {request for request, _ in _listed(scene)}
    return await (one_request.shown(cases, scene, chosen) if known else _list(cases, scene))


async def check_ticked(cases: RequestCases, scene: Scene) -> Reply:
    """Whether each ticked request may be approved now, and the question whether to approve them."""
    ticked = {one.strip() for one in scene.action.inputs.get("ticked", "").split(",")}
    picked = [(request, version) for request, version in _listed(scene) if request in ticked][:_MOST_AT_ONCE]
    if not picked:
        return await _list(cases, scene, problem=scene.t("requests-none-ticked"))
    checked = [await cases.decide.check(scene.actor, Deed(*one, Choice.APPROVE)) for one in picked]
    return several(scene, checked)


async def approve(cases: RequestCases, scene: Scene) -> Reply:
    """Approves each that still may be approved."""
    deeds = [Deed(*one, Choice.APPROVE) for one in _listed(scene)]
    return results(scene, await cases.decide.several(scene.actor, deeds))


async def _list(cases: RequestCases, scene: Scene, *, problem: str = "") -> Reply:
    place = ListPlace.of(scene)
    listed = await cases.read.page(scene.actor, place.group, place.page, place.wanted)
    return denied(scene, listed.decision) if isinstance(listed, NotSeen) else page(scene, listed, problem=problem)


def _listed(scene: Scene) -> list[tuple[str, int]]:
    """The requests of a sealed list, each with the version it was shown in."""
    pairs = (one.rpartition(":") for one in scene.action.id("requests").split(",") if one)
    return [(request, number_of(version)) for request, _, version in pairs]


def page(scene: Scene, listed: ListPage, *, problem: str = "") -> Reply:
    """A page of a list."""
    t, group = scene.t, listed.group
    here = ListPlace(group, listed.number, listed.wanted)
    rows = tuple(_row(scene, here, row) for row in listed.rows)
    picks = any(row.tickable for row in rows)
    counts = {one: t(f"requests-{one}", count=str(count)) for one, count in listed.counts.items()}
    this = counts.get(group) or t(f"requests-{group}", count="0")
    several = len(counts) > 1  # an office has one list, and reads its name once
    card = transfer_list_card(
        t,
        title=f"{t('command-requests')} – {this}" if several else this,
        lead=" · ".join(counts.values()) if several else "",
        several=rows,
        empty=t(f"requests-none-{group}" if listed.wanted.everything else "requests-none-wanted"),
        shares=tuple(
            Share(count, style, t(f"requests-share-{state}", count=str(count)))
            for state, style in _SHARES.items()
            if (count := listed.states.get(state))
        ),
        begins=next(iter(scene.to("transfer.open", t("transfer-new"), ids=here.ids, style="positive")), None),
        pick=scene.press("requests.pick", FORM_LIFETIME, ids=_ids(listed.rows) | here.ids) if picks else None,
        only=_only(scene, listed),
        page_note=_page(listed).note(t),
        problem=problem,
        # An office without requests has no other list to go on to: it has the help.
        buttons=(tuple(_ways(scene, here, listed)) or help_button(scene))[: MOST_ACTIONS - picks - 1],
        deeper=listed.number % 2 == 1,
    )
    return Reply(card=card, people=_students(scene, listed.rows))


def several(scene: Scene, checked: Sequence[MayBeDone | _Left]) -> Reply:
    """Sure about all of these? Who is left out is said, and why."""
    allowed = [one.transfer for one in checked if isinstance(one, MayBeDone)]
    sure = scene.press("requests.approve", STEP_LIFETIME, ids=_ids(allowed))
    card = transfer_many_card(
        scene.t,
        title=scene.t("requests-many-title"),
        lead=scene.t("requests-many-lead" if allowed else "requests-many-nobody"),
        list_title=scene.t("requests-many-allowed", count=len(allowed)),
        rows=tuple((_title(one), _schools(one)) for one in allowed),
        left_out=tuple(_left_out(scene, one) for one in checked if not isinstance(one, MayBeDone)),
        confirm=Button(scene.t("requests-many-confirm"), sure) if allowed else None,
        buttons=(Button(scene.t("password-cancel"), scene.press("requests.list")),),
    )
    return Reply(card=card, people=_students(scene, _known(checked)))


def results(scene: Scene, done: Sequence[Decided | _Left]) -> Reply:
    """What became of each."""
    approved = [one.transfer for one in done if isinstance(one, Decided)]
    card = transfer_many_card(
        scene.t,
        title=scene.t("requests-many-done-title"),
        lead=scene.t("requests-many-done" if approved else "requests-many-nobody"),
        list_title=scene.t("requests-many-approved", count=len(approved)),
        rows=tuple((_title(one), _schools(one)) for one in approved),
        left_out=tuple(_left_out(scene, one) for one in done if not isinstance(one, Decided)),
        buttons=(Button(scene.t("transfer-to-list"), scene.press("requests.list")),),
    )
    return Reply(card=card, people=_students(scene, _known(done)))


def _ids(transfers: Sequence[SeenTransfer]) -> dict[str, str]:
    """What the buttons of a list have to remember."""
    return {"requests": ",".join(f"{one.id}:{one.version}" for one in transfers)}


def _students(scene: Scene, transfers: Sequence[SeenTransfer]) -> PeopleShown | None:
    named, school = [one.id for one in transfers if about(one).name], acts_for(scene.actor)
    of = scene.actor.region if school is None else school.id
    return PeopleShown.several(Shows.REQUESTS, of, named) if named else None


def _known(every: Sequence[MayBeDone | Decided | _Left]) -> list[SeenTransfer]:
    return [one.transfer for one in every if one.transfer is not None]


def _left_out(scene: Scene, one: _Left) -> tuple[str, str]:
    title = _title(one.transfer) if one.transfer is not None else scene.t("requests-unknown")
    if isinstance(one, TooLate):
        return title, decided_by(scene, one.transfer)
    return title, refusal(one.decision, scene.t, scene.language)


def _only(scene: Scene, listed: ListPage) -> Button | None:
    """What of the list is shown; a press on it shows all."""
    wanted = listed.wanted
    if wanted.everything:
        return None
    what = scene.t("requests-late") if wanted.late else ""
    words = f"„{wanted.words}“" if wanted.words else ""
    title = scene.t("requests-only", what=" · ".join(filter(None, (what, words))), count=str(listed.found))
    return Button(title, scene.press("requests.list", ids=ListPlace(listed.group).ids))


def _row(scene: Scene, here: ListPlace, row: SeenTransfer) -> RequestRow:
    if row.ended_at is not None:
        words, at = "requests-ended", row.ended_at
    elif row.state is State.ESCALATED:  # the moment by which it was to be decided is over
        words, at = "requests-escalated", row.deadlines.escalate_at
    elif row.open and row.deadlines.escalate_at > scene.now:
        words, at = "requests-until", row.deadlines.escalate_at
    else:
        words, at = "requests-asked", row.asked.at
    return RequestRow(
        id=row.id,
        number=row.number,
        title=_title(row),
        detail="" if isinstance(row, BlindTransfer) else _other_school(row, here.group),
        state=scene.t(f"transfer-state-{row.state}"),
        when=scene.t(words, at=moment(at, scene.language)),
        opens=scene.press("request.open", ids={"request": row.id, **here.ids}),
        tickable=here.group is Group.RECEIVED and row.open and _may_approve(scene, row),
    )


def _may_approve(scene: Scene, row: SeenTransfer) -> bool:
    return not isinstance(row, BlindTransfer) and Choice.APPROVE in choices_of(scene.actor, row, scene.now)


def _title(row: SeenTransfer) -> str:
    student = about(row)
    return ", ".join(filter(None, (student.name, student.class_))) or _schools(row)


def _other_school(row: SeenTransfer, group: Group | None) -> str:
    """Of a list that tells which of the two is the reader's own."""
    asked = row.asked
    school = {Group.SENT: asked.releasing, Group.RECEIVED: asked.receiving}.get(group or Group.CLOSED)
    return ", ".join(filter(None, (school.name, school.town))) if school else _schools(row)


def _schools(row: SeenTransfer) -> str:
    return f"{row.asked.releasing.name} → {row.asked.receiving.name}"


def _page(listed: ListPage) -> Page[SeenTransfer]:
    return Page(listed.rows, listed.number, listed.pages - 1)


def _ways(scene: Scene, here: ListPlace, listed: ListPage) -> Iterator[Button]:
    """Other lists, further pages, and what else belongs to requests; the first ones matter most."""
    t = scene.t
    for group, count in listed.counts.items():
        if group is not listed.group:
            press = scene.press("requests.list", ids=ListPlace(group).ids)
            yield Button(t(f"requests-{group}", count=str(count)), press)
    yield from _page(listed).ways(t, lambda to: scene.press("requests.list", ids=replace(here, page=to).ids))
    if scene.actor.role is Role.DIRECTOR:
        yield Button(t("deputies"), scene.press("deputies", ids=here.ids))
