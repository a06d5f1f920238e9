"""What the director chooses for the school: who notes the handing over, the sentence on slips, the weekly line."""

from bot.conversation import Reply
from bot.core.accounts.model import Choices, Closers
from bot.core.decision import Decision
from bot.dialogs.accounts.cases import AccountsCases
from bot.dialogs.dialog import Scene
from bot.dialogs.menu import denied
from bot.presser import FORM_LIFETIME
from cards.actions import Button
from cards.school_choices import school_choices_card


async def show(cases: AccountsCases, scene: Scene) -> Reply:
    """What is chosen now, to be changed."""
    chosen = await cases.choose.now(scene.actor)
    return denied(scene, chosen) if isinstance(chosen, Decision) else form(scene, chosen)


async def choose(cases: AccountsCases, scene: Scene) -> Reply:
    """Chooses, and shows what was kept: of the sentence, what may stand on paper for others."""
    typed = scene.action.inputs
    closers = next((one for one in Closers if one == typed.get("closers")), None)
    if closers is None:
        return await _again(cases, scene)
    sentence = typed.get("sentence", "")
    weekly = typed.get("weekly") == "true"
    chosen = await cases.choose(
        scene.actor, scene.action.id("school"), closers=closers, sentence=sentence, weekly=weekly
    )
    if isinstance(chosen, Decision):
        return denied(scene, chosen)
    changed = chosen.sentence != " ".join(sentence.split())
    return form(scene, chosen, notice=scene.t("choices-kept-changed" if changed else "choices-kept"))


async def _again(cases: AccountsCases, scene: Scene) -> Reply:
    chosen = await cases.choose.now(scene.actor)
    if isinstance(chosen, Decision):
        return denied(scene, chosen)
    return form(scene, chosen, problem=scene.t("choices-closers-missing"))


def form(scene: Scene, chosen: Choices, *, notice: str = "", problem: str = "") -> Reply:
    """The card, with what is chosen in it. What is sealed into it is the school it names."""
    school = "" if scene.actor.school is None else scene.actor.school.id
    card = school_choices_card(
        scene.t,
        submit=scene.press("accounts.choose", FORM_LIFETIME, ids={"school": school}),
        school=scene.actor.school_name,
        closers=chosen.closers.value,
        sentence=chosen.sentence,
        weekly=chosen.weekly,
        notice=notice,
        problem=problem,
        buttons=(Button(scene.t("accounts-back"), scene.press("accounts.open")),),
    )
    return Reply(card=card)


def of_school(scene: Scene) -> tuple[Button, ...]:
    """With the school on its board."""
    return (Button(scene.t("choices-open"), scene.press("accounts.choices")),)
