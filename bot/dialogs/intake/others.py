"""Students of other schools: the form, and what is said of each line. What was typed is answered and forgotten."""

from collections.abc import Iterator

from bot.conversation import Reply
from bot.core.decision import Reason
from bot.core.errors import OutsideError
from bot.core.intake.lines import lines_of_text
from bot.core.intake.model import IntakeFault, NotTakenIn, TakenIn
from bot.core.intake.season import GRADES, Season
from bot.core.people.model import AccountState
from bot.dialogs.dialog import Scene
from bot.dialogs.intake.cases import IntakeCases
from bot.dialogs.intake.words import closed_word, grade_word, lead_word
from bot.dialogs.menu import denied, not_possible
from bot.dialogs.search import press_digest
from bot.presser import FORM_LIFETIME
from bot.refusals import failure, refusal
from cards.actions import Button
from cards.intake import IntakeFound, intake_answer_card, intake_form_card

_ON_THE_FORM = frozenset(
    {Reason.INTAKE_GRADE, Reason.INTAKE_TOO_MANY, Reason.INTAKE_SPENT, Reason.INTAKE_MISSES, Reason.INTAKE_CLOSED}
)
"""What is said without taking the form away: nothing that was typed is lost, and nothing given back."""


async def form(cases: IntakeCases, scene: Scene) -> Reply:
    """The empty form; out of season why there is none."""
    season = cases.limits.season
    if not season.open_on(scene.today):
        return closed(scene, season)
    return of_form(scene, season, scene.action.id("grade"), await cases.take.left(scene.actor))


async def ask(cases: IntakeCases, scene: Scene) -> Reply:
    """Looks up what was typed."""
    inputs = scene.action.inputs
    grade, typed = inputs.get("grade", ""), inputs.get("numbers", "")
    lines = lines_of_text(typed, scene.today, admit_synthetic=cases.admit_synthetic)
    if not lines:
        return Reply(text=scene.t("intake-form-missing"), refused=True)
    try:
        taken = await cases.take(scene.actor, grade, lines, press_digest(scene.action))
    except OutsideError as error:
        return Reply(text=failure(error, scene.t), refused=True)
    if isinstance(taken, TakenIn):
        return answer(scene, taken)
    return refused(scene, taken)


def refused(scene: Scene, taken: NotTakenIn) -> Reply:
    """Why nobody was looked up."""
    if taken.decision.denied_because not in _ON_THE_FORM:
        return denied(scene, taken.decision)
    return Reply(text=refusal(taken.decision, scene.t, scene.language), refused=True)


def closed(scene: Scene, season: Season) -> Reply:
    """When students are taken in, and what is to be done at other times."""
    ways = (*scene.to("transfer.open", scene.t("command-transfer")), *_back(scene))
    return not_possible(scene, closed_word(season, scene.today, scene.t, scene.language), buttons=ways)


def of_form(scene: Scene, season: Season, grade: str, left: int) -> Reply:
    """The form. `grade`: chosen before."""
    card = intake_form_card(
        scene.t,
        ask=scene.press("intake.ask", FORM_LIFETIME),
        grades=tuple((one, grade_word(one, scene.t)) for one in GRADES),
        lead=lead_word(season, scene.today, scene.t, scene.language),
        grade=grade,
        left=scene.t("intake-left", left=left),
        buttons=_back(scene),
    )
    return Reply(card=card)


def answer(scene: Scene, taken: TakenIn) -> Reply:
    """A username for each line that has one, and why the others have none."""
    t = scene.t
    again = scene.press("intake.form", FORM_LIFETIME, ids={"grade": taken.grade})
    card = intake_answer_card(
        t,
        title=t("intake-answer-title", grade=grade_word(taken.grade, t)),
        found=tuple(
            IntakeFound(
                t("intake-line", line=one.line),
                one.name,
                one.username,
                t("intake-own-already") if one.own else _state(scene, one.state),
            )
            for one in taken.found
        ),
        left_out=tuple(_left_out(scene, taken)),
        left=t("intake-left", left=taken.left),
        buttons=(Button(t("intake-more"), again), *_back(scene)),
    )
    return Reply(card=card)


def _state(scene: Scene, state: AccountState) -> str:
    return scene.t("account-state-being-created") if state is AccountState.BEING_CREATED else ""


def _left_out(scene: Scene, taken: TakenIn) -> Iterator[tuple[str, str]]:
    """Each reason once, with its lines by number."""
    for fault in IntakeFault:
        some = [one for one in taken.left_out if one.fault is fault]
        if fault is IntakeFault.REPEATED:
            told = [scene.t("intake-line-same", line=one.line, same=one.same_as) for one in some]
        else:
            told = [str(one.line) for one in some]
        if told:
            lines = ", ".join(told)
            said = scene.t("intake-lines", lines=lines) if len(told) > 1 else scene.t("intake-line", line=lines)
            yield scene.t(f"intake-fault-{fault}"), said


def _back(scene: Scene) -> tuple[Button, ...]:
    return (Button(scene.t("intake-back"), scene.press("intake.open")),)
