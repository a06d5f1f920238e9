"""The own class: which of several, who of it has something missing, and all of it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256

from bot.conversation import Action, PeopleShown, Reply, Shows
from bot.core.accounts.model import BoardState
from bot.core.accounts.read import OwnBoard, Pupil
from bot.core.decision import Decision
from bot.dialogs.dialog import Handler, Scene
from bot.dialogs.menu import denied, notice
from bot.dialogs.own_class.cases import OwnClassCases
from bot.dialogs.paging import Page
from bot.presser import FORM_LIFETIME
from bot.texts.moments import moment
from cards.account_lines import shown
from cards.actions import Button
from cards.charts import Share
from cards.own_class import MOST_CLASSES, MOST_PUPILS, PupilRow, own_class_card, own_classes_card

STATES = (
    BoardState.NEW,
    BoardState.UNTOLD,
    BoardState.HANDED,
    BoardState.BEING_CREATED,
    BoardState.OFF,
    BoardState.TWO,
    BoardState.CHANGED,
    BoardState.IN_USE,
)
"""What is to be seen to first."""
IN_ORDER = frozenset({BoardState.CHANGED, BoardState.IN_USE})
_ROW_STYLES = {BoardState.NEW: "attention", BoardState.UNTOLD: "warning", BoardState.HANDED: "warning"}
_STYLES = _ROW_STYLES | dict.fromkeys(IN_ORDER, "good")
_EVERYBODY = "all"


async def open_(cases: OwnClassCases, scene: Scene) -> Reply:
    """The own class, or which of several."""
    seen = await cases.show(scene.actor)
    if isinstance(seen, Decision):
        return refused(scene, seen)
    return listed(scene, seen[0], several=False) if len(seen) == 1 else which(scene, seen)


def refused(scene: Scene, decision: Decision) -> Reply:
    """Why there is no own class. To a teacher who is no class teacher it is not offered once more."""
    return denied(scene, decision, without="own-class")


def follows(action: Action) -> Handler[OwnClassCases] | None:
    """A school that is looked at for the first time takes longer than a turn. A message is stored, so it names no
    student: it says that the class can be opened now.
    """
    return _ready if action.verb in {"own.open", "own.class"} else None


async def _ready(cases: OwnClassCases, scene: Scene) -> Reply:
    seen = await cases.show(scene.actor)
    if isinstance(seen, Decision):
        return refused(scene, seen)
    lines = tuple(f"{shown(one.class_)}: {_summary(scene, one, named=False)}" for one in seen[:MOST_CLASSES])
    button = Button(scene.t("own-ready-open"), scene.press("own.open"))
    return notice(scene, scene.t("own-title"), *lines, buttons=(button,))


async def show(cases: OwnClassCases, scene: Scene) -> Reply:
    """A page of one class."""
    found = await own_of(cases, scene)
    if isinstance(found, Reply):
        return found
    own, several = found
    action = scene.action
    return listed(scene, own, several=several, everybody=bool(action.id(_EVERYBODY)), number=action.number("page"))


async def own_of(cases: OwnClassCases, scene: Scene) -> tuple[OwnBoard, bool] | Reply:
    """The class that the press is about, and whether there are others; or why not. Of a class that is the actor's no
    more, what is: the own classes.
    """
    seen = await cases.show(scene.actor)
    if isinstance(seen, Decision):
        return refused(scene, seen)
    wanted = scene.action.id("class")
    found = next((one for one in seen if key_of(one) == wanted), None)
    if found is None:
        return listed(scene, seen[0], several=False) if len(seen) == 1 else which(scene, seen)
    return found, len(seen) > 1


def key_of(own: OwnBoard) -> str:
    """What a press calls the class."""
    return sha256(f"{own.school.id} {own.class_}".encode("utf-8", "surrogatepass")).hexdigest()[:12]


def which(scene: Scene, several: Sequence[OwnBoard]) -> Reply:
    """Which of several own classes."""
    schools = {one.school.id for one in several}
    rows = tuple(
        (
            one.class_,
            _summary(scene, one, named=len(schools) > 1),
            scene.press("own.class", ids={"class": key_of(one)}),
        )
        for one in several[:MOST_CLASSES]
    )
    return Reply(card=own_classes_card(scene.t, classes=rows))


def _summary(scene: Scene, own: OwnBoard, *, named: bool) -> str:
    left = sum(one.state not in IN_ORDER for one in own.pupils)
    good = scene.t("own-summary-good" if own.pupils else "own-summary-nobody")
    counts = scene.t("own-summary", count=len(own.pupils), left=left) if left else good
    return " · ".join(filter(None, (own.school.name if named else "", counts)))


def listed(scene: Scene, own: OwnBoard, *, several: bool, everybody: bool = False, number: int = 0) -> Reply:
    """A page of those of the class who have something missing, or of everybody."""
    t = scene.t
    pupils = own.pupils if everybody else in_need(own)
    page = Page.of(pupils, MOST_PUPILS, number)
    here = {"class": key_of(own)} | ({_EVERYBODY: "1"} if everybody else {})
    rows = tuple(
        PupilRow(
            one.name,
            _row_state(scene, one),
            scene.press("own.pupil", ids={**here, "page": str(page.number), "person": one.id}),
            _ROW_STYLES.get(one.state, "default"),
        )
        for one in page.some
    )
    card = own_class_card(
        t,
        class_=own.class_,
        school=own.school.name if several else "",
        pupils=rows,
        counts=() if everybody or page.number else tuple(_counts(scene, own.pupils)),  # said once
        lead=_lead(scene, own, everybody=everybody),
        at=t("card-class-progress-at", at=moment(own.at, scene.language)) if own.at else "",
        page_note=page.note(t),
        buttons=tuple(_buttons(scene, own, here, page, several=several)),
    )
    people = PeopleShown.several(Shows.CLASS, own.school.id, [one.id for one in page.some], own.class_)
    return Reply(card=card, people=people if page.some else None)


def in_need(own: OwnBoard) -> tuple[Pupil, ...]:
    """Those who have something missing, the same together."""
    missing = (one for one in own.pupils if one.state not in IN_ORDER)
    return tuple(sorted(missing, key=lambda one: STATES.index(one.state)))


def state_words(scene: Scene, state: BoardState) -> str:
    """The state, as a class teacher reads it."""
    return scene.t(f"own-state-{state}")


def _row_state(scene: Scene, one: Pupil) -> str:
    asked = scene.t("own-row-asked") if one.asked_at is not None else ""
    return " · ".join(filter(None, (state_words(scene, one.state), asked)))


def _counts(scene: Scene, pupils: Sequence[Pupil]) -> Iterator[Share]:
    counted = Counter(one.state for one in pupils)
    for state in reversed(STATES):
        if counted[state]:
            words = f"{state_words(scene, state)}: {counted[state]}"
            yield Share(counted[state], _STYLES.get(state, "emphasis"), words)


def _lead(scene: Scene, own: OwnBoard, *, everybody: bool) -> str:
    if not own.pupils:
        return scene.t("own-nobody")
    if everybody:
        return scene.t("own-everybody", count=len(own.pupils))
    return scene.t("own-in-need") if in_need(own) else scene.t("own-good")


def _buttons(
    scene: Scene, own: OwnBoard, here: dict[str, str], page: Page[Pupil], *, several: bool
) -> Iterator[Button]:
    t = scene.t
    yield from page.ways(t, lambda to: scene.press("own.class", ids={**here, "page": str(to)}))
    if own.unsigned:
        yield Button(t("own-close"), scene.press("own.close", FORM_LIFETIME, ids={"class": here["class"]}))
    if _EVERYBODY in here:
        yield Button(t("own-show-in-need"), scene.press("own.class", ids={"class": here["class"]}))
    elif len(in_need(own)) < len(own.pupils):
        yield Button(t("own-show-everybody"), scene.press("own.class", ids={**here, _EVERYBODY: "1"}))
    if several:
        yield Button(t("own-others"), scene.press("own.open"))


def back(scene: Scene) -> Button:
    """To the class, on the page one came from."""
    ids = kept_place(scene)
    return Button(scene.t("own-back"), scene.press("own.class" if "class" in ids else "own.open", ids=ids))


def kept_place(scene: Scene) -> dict[str, str]:
    """The class and the page that every further press carries on."""
    return {name: scene.action.id(name) for name in ("class", _EVERYBODY, "page") if scene.action.id(name)}
