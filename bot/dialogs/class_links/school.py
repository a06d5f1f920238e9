"""What a director settles for the whole school: where its classes live (Teams or Google Classroom), and the pages
outside the chat: a table to download, a list to upload.
"""

from bot.conversation import Reply
from bot.core.actors.model import Role
from bot.core.class_links.cases import Platform
from bot.core.class_links.one_time_links import LinkPage, Offered
from bot.core.decision import Decision, Reason
from bot.dialogs.class_links import lists
from bot.dialogs.class_links.cases import ClassLinksCases
from bot.dialogs.class_links.notices import refused, said
from bot.dialogs.dialog import Scene
from bot.dialogs.menu import notice
from bot.presser import STEP_LIFETIME
from bot.texts.moments import hour
from cards.actions import Button


async def show_platform(cases: ClassLinksCases, scene: Scene) -> Reply:
    """Which it is now, and whether to change it."""
    if scene.actor.role is not Role.DIRECTOR:
        return refused(scene, Decision(Reason.TEACHER))
    return platform_question(scene, await cases.register.platform(scene.actor))


async def choose_platform(cases: ClassLinksCases, scene: Scene) -> Reply:
    """Keeps the choice and shows the school."""
    platform = scene.action.id("platform")
    if platform not in set(Platform):
        return await show_platform(cases, scene)
    decision = await cases.register.choose(scene.actor, Platform(platform))
    return await lists.start(cases, scene) if decision.allowed else refused(scene, decision)


async def offer_table(cases: ClassLinksCases, scene: Scene) -> Reply:
    """All links of the school as a file."""
    return await _offered(cases, scene, LinkPage.TABLE)


async def offer_upload(cases: ClassLinksCases, scene: Scene) -> Reply:
    """The school's list, where there is none in its folder."""
    return await _offered(cases, scene, LinkPage.LIST)


async def _offered(cases: ClassLinksCases, scene: Scene, link_page: LinkPage) -> Reply:
    if not cases.public_url:
        return said(scene, scene.t("notice-not-possible"), scene.t("links-errand-off"))
    offered = await cases.run.offer(scene.actor, link_page, scene.language)
    if isinstance(offered, Decision):
        return refused(scene, offered)
    return way_out(scene, link_page, cases.page(link_page, offered.token), offered)


def platform_question(scene: Scene, now: Platform) -> Reply:
    """Where are the classes?"""
    t, other = scene.t, Platform.CLASSROOM if now is Platform.TEAMS else Platform.TEAMS
    change = scene.press("links.platform-set", STEP_LIFETIME, ids={"platform": other.value})
    buttons = (Button(t(f"links-platform-to-{other}"), change, "positive"), _overview(scene))
    words = (t(f"links-platform-{now}"), t("links-platform-question"))
    return notice(scene, t("links-platform"), *words, buttons=buttons)


def way_out(scene: Scene, link_page: LinkPage, address: str, offered: Offered) -> Reply:
    """The link to a page, and how long it works."""
    t = scene.t
    return notice(
        scene,
        t(f"links-errand-{link_page}"),
        t(f"links-errand-{link_page}-about"),
        t("links-errand-until", until=hour(offered.until, scene.language)),
        buttons=(_overview(scene),),
        link=(t(f"links-errand-{link_page}-open"), address),
    )


def _overview(scene: Scene) -> Button:
    return Button(scene.t("links-overview"), scene.press("links.open"))
