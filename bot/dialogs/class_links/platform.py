"""Where a school's classes live, which its director chooses: Teams or Google Classroom."""

from bot.conversation import Reply
from bot.core.actors.model import Role
from bot.core.class_links.cases import Platform
from bot.core.decision import Decision, Reason
from bot.dialogs.class_links import lists
from bot.dialogs.class_links.cases import ClassLinksCases
from bot.dialogs.class_links.notices import refused
from bot.dialogs.dialog import Scene
from bot.presser import STEP_LIFETIME
from cards.actions import Button
from cards.notice import notice_card


async def show(cases: ClassLinksCases, scene: Scene) -> Reply:
    """Which it is now, and whether to change it."""
    if scene.actor.role is not Role.DIRECTOR:
        return refused(scene, Decision(Reason.TEACHER))
    return question(scene, await cases.register.platform(scene.actor))


async def choose(cases: ClassLinksCases, scene: Scene) -> Reply:
    """Keeps the choice and shows the school."""
    platform = scene.action.ids.get("platform", "")
    if platform not in set(Platform):
        return await show(cases, scene)
    decision = await cases.register.choose(scene.actor, Platform(platform))
    return await lists.start(cases, scene) if decision.allowed else refused(scene, decision)


def question(scene: Scene, now: Platform) -> Reply:
    """Where are the classes?"""
    t = scene.t
    other = Platform.CLASSROOM if now is Platform.TEAMS else Platform.TEAMS
    change = scene.press("links.platform-set", STEP_LIFETIME, ids={"platform": other.value})
    card = notice_card(
        t,
        title=t("links-platform"),
        paragraphs=(t(f"links-platform-{now}"), t("links-platform-question")),
        buttons=(
            Button(t(f"links-platform-{other}"), change, "positive"),
            Button(t("links-overview"), scene.press("links.open")),
        ),
    )
    return Reply(card=card)
