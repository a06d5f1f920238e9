"""Several links marked at once as made in Google Classroom: those that are ticked, or all of a list that are left."""

from collections.abc import Sequence

from bot.conversation import Reply
from bot.core.actors.model import Role
from bot.core.class_links.act import Marked
from bot.core.class_links.model import Link, LinkState
from bot.core.class_links.read import LinksSeen
from bot.core.decision import Decision
from bot.dialogs.class_links.cases import ClassLinksCases
from bot.dialogs.class_links.lists import teachers_of, title_of
from bot.dialogs.class_links.notices import back, came_from, refused, said
from bot.dialogs.class_links.selection import ALL, handle, handle_of, selected
from bot.dialogs.class_links.words import name_of
from bot.dialogs.dialog import Scene
from bot.dialogs.menu import notice
from bot.dialogs.paging import Page
from bot.presser import FORM_LIFETIME, STEP_LIFETIME
from cards.actions import Button
from cards.class_links import MOST_TOGETHER, Tickable, link_several_card


async def offer(cases: ClassLinksCases, scene: Scene) -> Reply:
    """The links of the list that are not marked, to be ticked."""
    seen = await cases.read(scene.actor)
    return refused(scene, seen) if isinstance(seen, Decision) else ticks(scene, seen)


async def mark_chosen(cases: ClassLinksCases, scene: Scene) -> Reply:
    """Marks those that were ticked. What became of each that could not be marked is said."""
    seen = await cases.read(scene.actor)
    if isinstance(seen, Decision):
        return refused(scene, seen)
    chosen = set(filter(None, scene.action.inputs.get("several", "").split(",")))
    if not chosen:
        return ticks(scene, seen, problem=scene.t("links-several-missing"))
    meant = [link for link in seen.links if handle(link) in chosen]
    marked = await cases.register.mark_several(scene.actor, [link.key for link in meant])
    if isinstance(marked, Decision):
        return refused(scene, marked)
    done = {link.key for link in marked.links}
    left_out = [link for link in meant if link.key not in done]
    already = [_named(seen, link) for link in left_out if link.state is LinkState.MADE]
    elsewhere = [_named(seen, link) for link in left_out if link.state is not LinkState.MADE]
    gone = len(chosen) - len(meant)
    told = (
        scene.t("links-several-already", titles=", ".join(already)) if already else "",
        scene.t("links-several-elsewhere", titles=", ".join(elsewhere)) if elsewhere else "",
        scene.t("links-several-gone", count=gone) if gone > 0 else "",
    )
    return await _marked(cases, scene, marked, *filter(None, told), named=left_out)


async def ask_rest(cases: ClassLinksCases, scene: Scene) -> Reply:
    """All that are left of the list: sure?"""
    seen = await cases.read(scene.actor)
    return refused(scene, seen) if isinstance(seen, Decision) else sure(scene, seen)


async def mark_rest(cases: ClassLinksCases, scene: Scene) -> Reply:
    """Marks them. Where they are not those that were asked about, it is asked again."""
    seen = await cases.read(scene.actor)
    if isinstance(seen, Decision):
        return refused(scene, seen)
    left = _left(scene, seen)
    if handle_of(left) != scene.action.id("these"):
        return sure(scene, seen)
    marked = await cases.register.mark_several(scene.actor, [link.key for link in left])
    return refused(scene, marked) if isinstance(marked, Decision) else await _marked(cases, scene, marked)


async def take_back(cases: ClassLinksCases, scene: Scene) -> Reply:
    """Undoes what was marked together."""
    count = await cases.register.unmark_several(scene.actor, scene.action.id("at"))
    if isinstance(count, Decision):
        return refused(scene, count)
    words = scene.t("links-several-undone", count=count) if count else scene.t("links-several-undone-none")
    return said(scene, scene.t("links-several-undone-title"), words)


def ticks(
    scene: Scene,
    seen: LinksSeen,
    *,
    told: str = "",
    named: Sequence[Link] = (),
    problem: str = "",
    undo: tuple[Button, ...] = (),
) -> Reply:
    """A page of what is left of the list; a plain word where nothing is. `named`: the links that `told` names."""
    t, place, left = scene.t, came_from(scene.action), _left(scene, seen)
    if not left:
        words, people = filter(None, (told, t("links-several-none"))), teachers_of(scene, "", named)
        return said(scene, t("links-several-title"), *words, buttons=undo, people=people)
    page = Page.of(left, MOST_TOGETHER, scene.action.number("ticks"))
    turn = scene.action.number("turn") + 1
    ids = {**place, "ticks": str(page.number), "turn": str(turn)}
    buttons = [
        Button(t("links-several-rest", count=len(left)), scene.press("links.mark-rest", FORM_LIFETIME, ids=place))
    ]
    if page.last:  # the last is followed by the first
        press = scene.press("links.several", ids={**ids, "ticks": str((page.number + 1) % (page.last + 1))})
        buttons.append(Button(t("links-several-next"), press))
    director = scene.actor.role is Role.DIRECTOR
    card = link_several_card(
        t,
        about=title_of(scene, seen, _what(scene)) if director else "",
        links=tuple(
            Tickable(handle(link), link.title, name_of(seen, link.teacher) if director and link.teacher else "")
            for link in page.some
        ),
        left=len(left),
        chosen=scene.press("links.mark-chosen", FORM_LIFETIME, ids=ids),
        notice=told,
        problem=problem,
        page_note=page.note(t),
        deeper=turn % 2 == 0,
        buttons=(*buttons, *undo, back(scene)),
    )
    return Reply(card=card, people=teachers_of(scene, _what(scene), (*page.some, *named)))


def sure(scene: Scene, seen: LinksSeen) -> Reply:
    """How many would be marked, whose they are, and what follows."""
    t, place, left = scene.t, came_from(scene.action), _left(scene, seen)
    if not left:
        return ticks(scene, seen)
    teachers = len({link.teacher for link in left if link.teacher})
    do = scene.press("links.mark-rest-do", STEP_LIFETIME, ids={**place, "these": handle_of(left)})
    return notice(
        scene,
        t("links-several-sure-title"),
        t("links-several-sure", count=len(left)),
        t("links-several-of", list=title_of(scene, seen, _what(scene))),
        t("links-several-whose", count=teachers) if scene.actor.role is Role.DIRECTOR else "",
        t("links-several-follows"),
        buttons=(
            Button(t("link-act-confirm"), do, "positive"),
            Button(t("link-act-cancel"), scene.press("links.several", ids=place)),
        ),
        people=teachers_of(scene, _what(scene), ()),
    )


async def _marked(
    cases: ClassLinksCases, scene: Scene, marked: Marked, *others: str, named: Sequence[Link] = ()
) -> Reply:
    """What was done, with the way to undo it; and what is left."""
    seen = await cases.read(scene.actor)
    if isinstance(seen, Decision):
        return refused(scene, seen)
    count, ids = len(marked.links), {**came_from(scene.action), "at": marked.at.isoformat()}
    undo = scene.press("links.unmark-these", FORM_LIFETIME, ids=ids)
    told = "\n".join((scene.t("links-several-done", count=count), *others))
    button = (Button(scene.t("links-several-undo"), undo),) if count else ()
    return ticks(scene, seen, told=told, named=named, undo=button)


def _what(scene: Scene) -> str:
    return came_from(scene.action).get("what", ALL)


def _left(scene: Scene, seen: LinksSeen) -> tuple[Link, ...]:
    return tuple(link for link in selected(seen, _what(scene)) if link.state is LinkState.TO_BE_MADE)


def _named(seen: LinksSeen, link: Link) -> str:
    return f"{link.title} ({name_of(seen, link.teacher)})" if link.teacher else link.title
