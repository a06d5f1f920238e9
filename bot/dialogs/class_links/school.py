"""What a director settles for the whole school: where its classes live (Teams or Google Classroom), and the pages
outside the chat: a table to download, a list to upload.
"""

from bot.conversation import Reply
from bot.core.class_links.cases import Platform
from bot.core.class_links.model import Link, LinkState
from bot.core.class_links.one_time_links import LinkPage
from bot.core.decision import Decision
from bot.core.one_time_links import Offered
from bot.dialogs import outside
from bot.dialogs.class_links.cases import ClassLinksCases
from bot.dialogs.class_links.notices import back, refused
from bot.dialogs.dialog import Scene
from bot.dialogs.menu import notice
from bot.presser import STEP_LIFETIME
from cards.actions import Button


async def show_platform(cases: ClassLinksCases, scene: Scene) -> Reply:
    """What would follow if the classes lived in the other place: sure?"""
    now = await cases.register.would_be(scene.actor)
    if isinstance(now, Decision):
        return refused(scene, now)
    return platform_question(scene, *now, cases.remind_days)


async def choose_platform(cases: ClassLinksCases, scene: Scene) -> Reply:
    """Keeps the choice, says what is so now, and offers the way back."""
    platform, school = scene.action.id("platform"), scene.action.id("school")
    if platform not in set(Platform) or not school:  # of a card of an earlier release
        return await show_platform(cases, scene)
    decision = await cases.register.choose(scene.actor, school, Platform(platform))
    return platform_chosen(scene, Platform(platform)) if decision.allowed else refused(scene, decision)


async def offer_table(cases: ClassLinksCases, scene: Scene) -> Reply:
    """All links of the school as a file."""
    return await _offered(cases, scene, LinkPage.TABLE)


async def offer_upload(cases: ClassLinksCases, scene: Scene) -> Reply:
    """The school's list, where there is none in its folder."""
    return await _offered(cases, scene, LinkPage.LIST)


async def _offered(cases: ClassLinksCases, scene: Scene, link_page: LinkPage) -> Reply:
    if not cases.public_url:
        return outside.no_pages(scene, back(scene))
    offered = await cases.run.offer(scene.actor, link_page, scene.language)
    if isinstance(offered, Decision):
        return refused(scene, offered)
    return way_out(scene, link_page, cases.page(link_page, offered.token), offered)


def platform_question(scene: Scene, now: Platform, links: tuple[Link, ...], remind_days: int) -> Reply:
    """What follows for how many classes, whose they become, who is reminded; then the choice. `links`: as they are,
    or would be, in Classroom.
    """
    t, other = scene.t, _other(now)
    made = sum(link.state is LinkState.MADE for link in links)
    teachers = len({link.teacher for link in links if link.teacher})
    reminded = f"links-platform-{other}-reminds" if remind_days else "links-platform-reminds-nobody"
    if other is Platform.CLASSROOM:
        counted = t("links-platform-classroom-count", count=len(links), made=str(made))
        whose = t("links-platform-classroom-whose", count=teachers)
    else:
        counted = t("links-platform-teams-count", count=len(links), made=str(made))
        whose = t("links-platform-teams-whose")
    ids = {"platform": other.value, "school": scene.actor.school_id}
    do = scene.press("links.platform-set", STEP_LIFETIME, ids=ids)
    return notice(
        scene,
        t(f"links-platform-to-{other}-sure"),
        t(f"links-platform-{now}"),
        counted,
        whose,
        t(reminded, days=str(remind_days)) if remind_days else t(reminded),
        t("links-platform-back", button=t(f"links-platform-to-{now}")),
        buttons=(
            Button(t("link-act-confirm"), do, "positive"),
            Button(t("link-act-cancel"), scene.press("links.open")),
        ),
    )


def platform_chosen(scene: Scene, now: Platform) -> Reply:
    """Where the classes live now."""
    t, other = scene.t, _other(now)
    way_back = Button(t(f"links-platform-to-{other}"), scene.press("links.platform"))
    words = (t(f"links-platform-{now}"), t(f"links-platform-{now}-next"))
    return notice(scene, t("links-platform-chosen"), *words, buttons=(back(scene), way_back))


def _other(platform: Platform) -> Platform:
    return Platform.CLASSROOM if platform is Platform.TEAMS else Platform.TEAMS


def way_out(scene: Scene, link_page: LinkPage, address: str, offered: Offered) -> Reply:
    """The link to a page, and how long it works."""
    words = scene.t(f"links-errand-{link_page}"), scene.t(f"links-errand-{link_page}-about")
    return outside.way_out(scene, *words, address, offered, back(scene))
