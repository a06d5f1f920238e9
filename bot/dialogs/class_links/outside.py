"""The ways to the pages outside the chat: a table to download, a list to upload."""

from bot.conversation import Reply
from bot.core.class_links.one_time_links import LinkPage, Offered
from bot.core.decision import Decision
from bot.dialogs.class_links.cases import ClassLinksCases
from bot.dialogs.class_links.notices import refused, said
from bot.dialogs.dialog import Scene
from bot.texts.moments import hour
from cards.actions import Button
from cards.notice import notice_card


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


def way_out(scene: Scene, link_page: LinkPage, address: str, offered: Offered) -> Reply:
    """The link to a page, and how long it works."""
    t = scene.t
    card = notice_card(
        t,
        title=t(f"links-errand-{link_page}"),
        paragraphs=(
            t(f"links-errand-{link_page}-about"),
            t("links-errand-until", until=hour(offered.until, scene.language)),
        ),
        buttons=(Button(t("links-overview"), scene.press("links.open")),),
        link=(t(f"links-errand-{link_page}-open"), address),
    )
    return Reply(card=card)
