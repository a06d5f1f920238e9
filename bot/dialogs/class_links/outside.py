"""The ways to the pages outside the chat: a table to download, a list to upload."""

from bot.conversation import Reply
from bot.core.class_links.errands import Errand, Offered
from bot.core.decision import Decision
from bot.dialogs.class_links.cases import ClassLinksCases
from bot.dialogs.class_links.notices import refused, said
from bot.dialogs.dialog import Scene
from bot.texts.moments import hour
from cards.actions import Button
from cards.notice import notice_card


async def offer_table(cases: ClassLinksCases, scene: Scene) -> Reply:
    """All links of the school as a file."""
    return await _offered(cases, scene, Errand.TABLE)


async def offer_upload(cases: ClassLinksCases, scene: Scene) -> Reply:
    """The school's list, where there is none in its folder."""
    return await _offered(cases, scene, Errand.LIST)


async def _offered(cases: ClassLinksCases, scene: Scene, errand: Errand) -> Reply:
    if not cases.public_url:
        return said(scene, scene.t("notice-not-possible"), scene.t("links-errand-off"))
    offered = await cases.run.offer(scene.actor, errand, scene.language)
    if isinstance(offered, Decision):
        return refused(scene, offered)
    return way_out(scene, errand, cases.page(errand, offered.token), offered)


def way_out(scene: Scene, errand: Errand, address: str, offered: Offered) -> Reply:
    """The link to a page, and how long it works."""
    t = scene.t
    card = notice_card(
        t,
        title=t(f"links-errand-{errand}"),
        paragraphs=(
            t(f"links-errand-{errand}-about"),
            t("links-errand-until", until=hour(offered.until, scene.language)),
        ),
        buttons=(Button(t("links-overview"), scene.press("links.open")),),
        link=(t(f"links-errand-{errand}-open"), address),
    )
    return Reply(card=card)
