"""One student of the own class, and asking the directors for a password."""

from bot.conversation import PeopleShown, Reply, Shows
from bot.core.accounts.model import BoardState
from bot.core.accounts.read import OwnBoard, Pupil
from bot.core.decision import Decision
from bot.dialogs.dialog import Scene
from bot.dialogs.menu import denied, notice
from bot.dialogs.own_class.cases import OwnClassCases
from bot.dialogs.own_class.lists import back, kept_place, listed, own_of, state_words
from bot.dialogs.search import press_digest
from bot.presser import STEP_LIFETIME
from bot.texts.moments import moment
from cards.account_lines import shown
from cards.actions import Button
from cards.own_class import own_pupil_card

MAY_BE_ASKED_FOR = frozenset(
    {BoardState.NEW, BoardState.UNTOLD, BoardState.HANDED, BoardState.CHANGED, BoardState.IN_USE}
)
"""An account that is being made, is off, or is one of two, gets no password that would help."""


async def show(cases: OwnClassCases, scene: Scene) -> Reply:
    """A student: how far it is, what to do, and by whom."""
    found = await own_of(cases, scene)
    if isinstance(found, Reply):
        return found
    own, several = found
    one = _of(own, scene)
    return pupil(scene, own, one) if one is not None else listed(scene, own, several=several)


async def ask(cases: OwnClassCases, scene: Scene) -> Reply:
    """Asks the directors for a password; the same question twice is one."""
    found = await own_of(cases, scene)
    if isinstance(found, Reply):
        return found
    own, several = found
    one = _of(own, scene)
    if one is None:
        return listed(scene, own, several=several)
    if one.state not in MAY_BE_ASKED_FOR:
        return pupil(scene, own, one)
    press = press_digest(scene.action)
    asked = await cases.ask(scene.actor, one.id, press)
    if isinstance(asked, Decision):
        return denied(scene, asked)
    return sent(scene, one, own, at="" if asked.id == press else moment(asked.at, scene.language))


def pupil(scene: Scene, own: OwnBoard, one: Pupil) -> Reply:
    """One student. The card is the question: what comes of the press stands above it."""
    t = scene.t
    steps = [t(f"own-do-{one.state}")]
    follows: tuple[str, ...] = ()
    asks: tuple[Button, ...] = ()
    if one.asked_at is not None:
        steps.append(t("own-asked", at=moment(one.asked_at, scene.language)))
    elif one.state in MAY_BE_ASKED_FOR:
        follows = (t("own-ask-follows"),)
        press = scene.press("own.ask", STEP_LIFETIME, ids={**kept_place(scene), "person": one.id})
        asks = (Button(t("own-ask"), press, "positive"),)
    card = own_pupil_card(
        t,
        name=one.name,
        class_=own.class_,
        state=state_words(scene, one.state),
        next_steps=tuple(steps),
        follows=follows,
        buttons=(*asks, back(scene)),
    )
    return Reply(card=card, people=_shown(own, one))


def sent(scene: Scene, one: Pupil, own: OwnBoard, *, at: str) -> Reply:
    """The question was sent; or (`at`) was before."""
    title = "own-ask-before-title" if at else "own-ask-sent-title"
    about = scene.t("own-ask-about", name=shown(one.name))
    said = scene.t("own-ask-before", at=at) if at else scene.t("own-ask-sent")
    return notice(scene, scene.t(title), about, said, buttons=(back(scene),), people=_shown(own, one))


async def expired(cases: OwnClassCases, scene: Scene) -> Reply | None:
    """A question that nobody confirmed in ten minutes: as it is now, to be confirmed again."""
    return await show(cases, scene) if scene.action.verb == "own.ask" else None


def _of(own: OwnBoard, scene: Scene) -> Pupil | None:
    return next((one for one in own.pupils if one.id == scene.action.id("person")), None)


def _shown(own: OwnBoard, one: Pupil) -> PeopleShown:
    return PeopleShown(Shows.PERSON, one.id, class_=own.class_)
