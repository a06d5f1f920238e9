"""Lists of requests, and the questions about one or several → cards."""

from collections.abc import Iterator, Sequence

from bot.conversation import PeopleShown, Reply, Shows
from bot.core.actors.model import Role
from bot.core.decision import Decision
from bot.core.transfers.blind import BlindTransfer, SeenTransfer
from bot.core.transfers.deeds import Decided, MayBeDone, NotDecided, TooLate
from bot.core.transfers.model import Group, Side, State
from bot.core.transfers.policy import Choice, acts_for, choices_of
from bot.core.transfers.read import ListPage
from bot.dialogs.dialog import Scene
from bot.dialogs.menu import way_forward
from bot.dialogs.requests.status_view import about, decided_by, shown_in, student_of
from bot.dialogs.requests.words import CHOICES, EMPTY, GROUPS, STATES
from bot.presser import FORM_LIFETIME, STEP_LIFETIME
from bot.refusals import refusal
from bot.texts.moments import moment
from cards.actions import Button
from cards.checked import MOST_ACTIONS
from cards.transfer_list import RequestRow, transfer_list_card
from cards.transfer_many import transfer_many_card
from cards.transfer_question import transfer_confirm_card, transfer_reason_card

_WHY = {
    Choice.APPROVE: "transfer-why-approve",
    Choice.REFUSE: "transfer-why-refuse",
    Choice.NOT_OURS: "transfer-why-not-ours",
    Choice.RETURN: "transfer-why-return",
}


def page(scene: Scene, listed: ListPage, *, problem: str = "", notice: str = "") -> Reply:
    """A page of a list."""
    group = listed.group
    ids = {"requests": ",".join(f"{row.id}:{row.version}" for row in listed.rows)}
    rows = tuple(_row(scene, group, row) for row in listed.rows)
    picks = any(row.tickable for row in rows)
    fixed = picks + bool(rows)
    counts = {one: scene.t(GROUPS[one], count=str(count)) for one, count in listed.counts.items()}
    this = counts.get(group) or scene.t(GROUPS[group], count="0")
    several = len(counts) > 1  # an office has one list, and reads its name once
    card = transfer_list_card(
        scene.t,
        title=f"{scene.t('command-requests')} – {this}" if several else this,
        lead=" · ".join(counts.values()) if several else "",
        rows=rows,
        empty=scene.t(EMPTY[group]),
        opens=scene.press("requests.open", ids=ids) if rows else None,
        pick=scene.press("requests.pick", FORM_LIFETIME, ids=ids) if picks else None,
        page_note=scene.t("requests-page", page=str(listed.number + 1), pages=str(listed.pages))
        if listed.pages > 1
        else "",
        problem=problem,
        notice=notice,
        buttons=(tuple(_ways(scene, listed)) or (_help(scene),))[: MOST_ACTIONS - fixed],
        deeper=listed.number % 2 == 1,
    )
    return Reply(card=card, people=_students(scene, listed.rows))


def confirm(scene: Scene, may: MayBeDone, choice: Choice) -> Reply:
    """Потвърждавате ли?"""
    transfer = may.transfer
    ids = {"request": transfer.id, "choice": choice.value}
    card = transfer_confirm_card(
        scene.t,
        about=about(transfer),
        title=scene.t("password-confirm"),
        question=_question(scene, transfer, choice),
        confirm=Button(
            scene.t(CHOICES[choice]),
            scene.press("request.do", STEP_LIFETIME, ids=ids, version=transfer.version),
            "positive",
        ),
        cancel=Button(scene.t("password-cancel"), scene.press("request.open", ids={"request": transfer.id})),
        notes=(scene.t("transfer-sync-releasing"), scene.t("transfer-call-back")) if choice is Choice.APPROVE else (),
    )
    return Reply(card=card, people=shown_in(transfer))


def reason(
    scene: Scene,
    transfer: SeenTransfer,
    side: Side,
    choice: Choice,
    *,
    text: str = "",
    where: str = "",
    problem: str = "",
) -> Reply:
    """Why? The other side will read it."""
    ids = {"request": transfer.id, "choice": choice.value}
    back = Button(scene.t("password-cancel"), scene.press("request.open", ids={"request": transfer.id}))
    card = transfer_reason_card(
        scene.t,
        about=about(transfer),
        title=scene.t(CHOICES[choice]),
        lead=scene.t(_WHY[choice] if side is not Side.OFFICE else "transfer-why-office"),
        label=scene.t("transfer-reason-label"),
        submit_title=scene.t(CHOICES[choice]),
        submit=scene.press("request.do", FORM_LIFETIME, ids=ids, version=transfer.version),
        reason=text,
        where_label=scene.t("transfer-where-label") if choice is Choice.NOT_OURS else "",
        where=where,
        problem=problem,
        destructive=choice is Choice.REFUSE,
        buttons=(back,),
    )
    return Reply(card=card, people=shown_in(transfer))


def reveal(scene: Scene, transfer: BlindTransfer, *, text: str = "", problem: str = "") -> Reply:
    """Why is the student to be shown to the regional office?"""
    ids = {"request": transfer.id}
    back = Button(scene.t("password-cancel"), scene.press("request.open", ids=ids))
    card = transfer_reason_card(
        scene.t,
        about=about(transfer),
        title=scene.t("transfer-reveal"),
        lead=scene.t("transfer-why-reveal"),
        label=scene.t("transfer-reveal-label"),
        submit_title=scene.t("transfer-reveal"),
        submit=scene.press("request.revealed", STEP_LIFETIME, ids=ids),
        reason=text,
        problem=problem,
        buttons=(back,),
    )
    return Reply(card=card, people=shown_in(transfer))


def several(scene: Scene, checked: Sequence[MayBeDone | TooLate | NotDecided]) -> Reply:
    """Sure about all of these? Who is left out is said, and why."""
    allowed = [one.transfer for one in checked if isinstance(one, MayBeDone)]
    ids = {"requests": ",".join(f"{one.id}:{one.version}" for one in allowed)}
    sure = scene.press("requests.approve", STEP_LIFETIME, ids=ids)
    card = transfer_many_card(
        scene.t,
        title=scene.t("requests-many-title"),
        lead=scene.t("requests-many-lead") if allowed else scene.t("requests-many-nobody"),
        list_title=scene.t("requests-many-allowed", count=len(allowed)),
        rows=tuple((_title(one), _schools(one)) for one in allowed),
        left_out=tuple(_left_out(scene, one) for one in checked if not isinstance(one, MayBeDone)),
        confirm=Button(scene.t("requests-many-confirm"), sure) if allowed else None,
        buttons=(Button(scene.t("password-cancel"), scene.press("requests.list")),),
    )
    return Reply(card=card, people=_students(scene, _known(checked)))


def results(scene: Scene, done: Sequence[Decided | TooLate | NotDecided]) -> Reply:
    """What became of each."""
    approved = [one.transfer for one in done if isinstance(one, Decided)]
    card = transfer_many_card(
        scene.t,
        title=scene.t("requests-many-done-title"),
        lead=scene.t("requests-many-done") if approved else scene.t("requests-many-nobody"),
        list_title=scene.t("requests-many-approved", count=len(approved)),
        rows=tuple((_title(one), _schools(one)) for one in approved),
        left_out=tuple(_left_out(scene, one) for one in done if not isinstance(one, Decided)),
        buttons=(Button(scene.t("transfer-to-list"), scene.press("requests.list")),),
    )
    return Reply(card=card, people=_students(scene, _known(done)))


def denied(scene: Scene, decision: Decision) -> Reply:
    """A polite refusal with a way forward."""
    return way_forward(scene, refusal(decision, scene.t, scene.language))


def _students(scene: Scene, transfers: Sequence[SeenTransfer]) -> PeopleShown | None:
    named, school = sum(bool(student_of(one).name) for one in transfers), acts_for(scene.actor)
    of = scene.actor.region if school is None else school.id
    return PeopleShown(Shows.REQUESTS, of, named) if named else None


def _known(every: Sequence[MayBeDone | Decided | TooLate | NotDecided]) -> list[SeenTransfer]:
    return [one.transfer for one in every if one.transfer is not None]


def _question(scene: Scene, transfer: SeenTransfer, choice: Choice) -> str:
    name = student_of(transfer).name
    if choice is Choice.WITHDRAW:
        return scene.t("transfer-sure-withdraw", name=name)
    return scene.t("transfer-sure-approve", name=name, school=transfer.asked.receiving.name)


def _left_out(scene: Scene, one: Decided | TooLate | NotDecided | MayBeDone) -> tuple[str, str]:
    match one:
        case TooLate(transfer):
            return _title(transfer), decided_by(scene.t, scene.language, transfer)
        case NotDecided(decision, transfer) if transfer is not None:
            return _title(transfer), refusal(decision, scene.t, scene.language)
        case NotDecided(decision):
            return scene.t("requests-unknown"), refusal(decision, scene.t, scene.language)
    raise TypeError("it was not left out")


def _row(scene: Scene, group: Group, row: SeenTransfer) -> RequestRow:
    if not row.open:
        words, at = "requests-ended", row.ended_at or row.asked.at
    elif row.state is State.ESCALATED:  # the moment by which it was to be decided is over
        words, at = "requests-escalated", row.deadlines.escalate_at
    else:
        words, at = "requests-until", row.deadlines.escalate_at
    return RequestRow(
        id=row.id,
        number=row.number,
        title=_title(row),
        detail="" if isinstance(row, BlindTransfer) else _schools(row),
        state=scene.t(STATES[row.state]),
        when=scene.t(words, at=moment(at, scene.language)),
        tickable=group is Group.RECEIVED and row.open and _may_approve(scene, row),
    )


def _may_approve(scene: Scene, row: SeenTransfer) -> bool:
    return not isinstance(row, BlindTransfer) and Choice.APPROVE in choices_of(scene.actor, row)


def _title(row: SeenTransfer) -> str:
    student = student_of(row)
    return ", ".join(filter(None, (student.name, student.class_))) or _schools(row)


def _schools(row: SeenTransfer) -> str:
    return f"{row.asked.releasing.name} → {row.asked.receiving.name}"


def _help(scene: Scene) -> Button:
    """An office without requests has no other list to go on to, and is not left standing."""
    return Button(scene.t("command-help"), scene.press("help"))


def _ways(scene: Scene, listed: ListPage) -> Iterator[Button]:
    """Other lists, further pages, and what else belongs to requests; the first ones matter most."""
    for group, count in listed.counts.items():
        if group is not listed.group:
            yield Button(
                scene.t(GROUPS[group], count=str(count)),
                scene.press("requests.list", ids={"group": group.value, "page": "0"}),
            )
    for number, words in ((listed.number + 1, "requests-next"), (listed.number - 1, "requests-previous")):
        if 0 <= number < listed.pages:
            ids = {"group": listed.group.value, "page": str(number)}
            yield Button(scene.t(words), scene.press("requests.list", ids=ids))
    if scene.actor.role is Role.DIRECTOR:
        yield Button(scene.t("transfer-new"), scene.press("transfer.open"))
        yield Button(scene.t("deputies"), scene.press("deputies"))
