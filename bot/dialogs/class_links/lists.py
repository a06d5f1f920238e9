"""The lists of class links: a teacher's own, a director's school at a glance, and what is looked for in it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from bot.conversation import Action, PeopleShown, Reply, Shows
from bot.core.actors.model import Role
from bot.core.class_links.expected import Fault
from bot.core.class_links.model import WHO, Flag, Link, LinkState, Who, who_acts
from bot.core.class_links.read import LinksSeen
from bot.core.decision import Decision
from bot.core.people.free_text import search_words
from bot.dialogs.class_links import one_link, school
from bot.dialogs.class_links.cases import ClassLinksCases
from bot.dialogs.class_links.notices import came_from, refused
from bot.dialogs.class_links.selection import (
    ALL,
    FIND,
    LONGEST_FIND,
    OF_TEACHER,
    STATES,
    selected,
)
from bot.dialogs.class_links.words import STYLES, fault_told, list_words, name_of, state_word
from bot.dialogs.dialog import Handler, Scene
from bot.dialogs.paging import Page
from bot.presser import FORM_LIFETIME
from bot.texts.moments import moment
from cards.actions import Button, Press
from cards.class_links import MOST_ROWS, LinkRow, Todo, link_list_card, link_overview_card


async def start(cases: ClassLinksCases, scene: Scene) -> Reply:
    """A teacher's own links, a director's school at a glance; or at once the table that was typed for."""
    if scene.action.id("errand") and scene.actor.role is Role.DIRECTOR and cases.public_url:
        return await school.offer_table(cases, scene)
    return await _shown(cases, scene)


async def turn_page(cases: ClassLinksCases, scene: Scene) -> Reply:
    """A page of a list."""
    return await _shown(cases, scene, *_where(scene))


async def search(cases: ClassLinksCases, scene: Scene) -> Reply:
    """The list of what was looked for; of everything where nothing was."""
    words = search_words(scene.action.inputs.get("find", ""), LONGEST_FIND)
    return await _shown(cases, scene, f"{FIND}{words}" if words else ALL)


async def check(cases: ClassLinksCases, scene: Scene) -> Reply:
    """The same list, or the same link, read from the directory again."""
    if "key" in scene.action.ids:
        return await one_link.shown(cases, scene, scene.action.ids["key"], anew=True)
    return await _shown(cases, scene, *_where(scene), anew=True)


_READ = {
    "links.open": start,
    "links.list": turn_page,
    "links.group": search,
    "links.check": check,
    "link.open": one_link.open_link,
}
"""What shows what the directory says of a school: of a large one that takes longer than a turn."""


def follows(action: Action) -> Handler[ClassLinksCases] | None:
    """Lists and single links, as they are: classes and teachers are shown in messages anyway. Not those found by
    words, which are not kept, nor the table, whose address is made when it is asked for.
    """
    return None if action.id("what").startswith(FIND) or action.id("errand") else _READ.get(action.verb)


async def _shown(cases: ClassLinksCases, scene: Scene, what: str = "", page: int = 0, *, anew: bool = False) -> Reply:
    seen = await cases.read(scene.actor, anew=anew)
    if isinstance(seen, Decision):
        return refused(scene, seen)
    if not what and scene.actor.role is Role.DIRECTOR:
        return overview(scene, seen, cases.folder, pages=bool(cases.public_url))
    return listed(scene, seen, cases.folder, what or ALL, page)


def _where(scene: Scene) -> tuple[str, int]:
    """The list and the page that the card showed."""
    return came_from(scene.action).get("what", ""), scene.action.number("page")


def listed(scene: Scene, seen: LinksSeen, folder: str, what: str, number: int) -> Reply:
    """A page of a list."""
    t, links = scene.t, selected(seen, what)
    page = Page.of(links, MOST_ROWS, number)
    director = scene.actor.role is Role.DIRECTOR
    ids = {"what": what, "page": str(page.number)}
    buttons = []
    if sum(link.state is LinkState.TO_BE_MADE for link in links) > 1:
        buttons.append(Button(t("links-several"), scene.press("links.several", ids=ids), "positive"))
    buttons += page.ways(t, lambda to: scene.press("links.list", ids={**ids, "page": str(to)}))
    if director:
        buttons.append(Button(t("links-overview"), scene.press("links.open")))
    card = link_list_card(
        t,
        about=title_of(scene, seen, what) if director else "",
        lead=_lead(scene, seen),
        links=tuple(_row(scene, seen, link, ids, director=director) for link in page.some),
        empty=t("links-none" if seen.links or director or not seen.listed else "links-none-listed"),
        page_note=page.note(t),
        notices=_notices(scene, seen, folder),
        buttons=(*buttons, Button(t("links-check"), scene.press("links.check", ids=ids))),
    )
    return Reply(card=card, people=teachers_of(scene, what, page.some))


def teachers_of(scene: Scene, what: str, some: Sequence[Link]) -> PeopleShown | None:
    """Whom a list shows to the director: a teacher's own shows nobody else."""
    if scene.actor.role is not Role.DIRECTOR:
        return None
    teachers = {link.teacher for link in some if link.teacher}
    if what.startswith(OF_TEACHER):
        teachers.add(what.removeprefix(OF_TEACHER))  # named above the list, were it empty
    return PeopleShown.several(Shows.LINKS, scene.actor.school_id, teachers) if teachers else None


def overview(scene: Scene, seen: LinksSeen, folder: str, *, pages: bool) -> Reply:
    """The school at a glance. `pages`: there are pages for what the chat cannot carry."""
    t = scene.t
    states = Counter(link.state for link in seen.links)
    one_a_class = {(link.class_id, link.existing): link for link in seen.links}  # a flag is the class's
    flags = Counter(flag for link in one_a_class.values() for flag in link.flags)
    each = ((who, tuple(_acted_on(who, states, flags))) for who in (Who.DIRECTOR, Who.TEACHER, Who.HELP_DESK))
    acted_on = tuple((who, some) for who, some in each if some)
    kinds = sum(len(some) for _, some in acted_on)
    to_platform = "links-platform-to-teams" if seen.by_hand else "links-platform-to-classroom"
    card = link_overview_card(
        t,
        school=scene.actor.school_name,
        lead=_lead(scene, seen),
        todo=tuple(
            (t(f"link-who-{who}"), tuple(_todo(scene, one, count, brief=kinds > _MOST_TOLD) for one, count in some))
            for who, some in acted_on
        ),
        calm=bool(seen.links) and not acted_on,
        drawn=tuple((states[state], STYLES[state]) for state in STATES if states[state]),
        find=scene.press("links.group", FORM_LIFETIME) if seen.links else None,
        notices=_notices(scene, seen, folder, overview=True, upload=pages),
        buttons=(
            *([Button(t("links-all"), _to_list(scene, ALL))] if seen.links else []),
            Button(t("links-check"), scene.press("links.check", ids={"page": "0"})),
            *([Button(t("links-errand-table"), scene.press("links.table"))] if pages and seen.links else []),
            *([Button(t("links-errand-list"), scene.press("links.upload"))] if pages else []),
            Button(t(to_platform), scene.press("links.platform")),
        ),
    )
    return Reply(card=card)


_MOST_TOLD = 6
"""Kinds of things to be done of which each is told in full: more would not go into one message."""


def _acted_on(
    who: Who, states: Counter[LinkState], flags: Counter[Flag]
) -> Iterator[tuple[LinkState | Flag | Who, int]]:
    """What this one must act on, and on how many. What the help desk is told is always the same."""
    acted_on = [(state, states[state]) for state in STATES if WHO[state] is who and states[state]]
    if who is Who.DIRECTOR:
        yield from ((flag, flags[flag]) for flag in Flag if flags[flag])
    if who is not Who.HELP_DESK:
        yield from acted_on
    elif acted_on:
        yield who, sum(count for _, count in acted_on)


def _todo(scene: Scene, what: LinkState | Flag | Who, count: int, *, brief: bool) -> Todo:
    words = "" if brief else scene.t(f"link-do-{what}")
    style = STYLES[what] if isinstance(what, LinkState) else "attention"
    return Todo(_title(scene, what), count, _to_list(scene, what), words, style)


def _to_list(scene: Scene, what: str) -> Press:
    return scene.press("links.list", ids={"what": str(what), "page": "0"})


def title_of(scene: Scene, seen: LinksSeen, what: str) -> str:
    """What a list is of."""
    if what.startswith(OF_TEACHER):
        return scene.t("links-of-teacher", teacher=name_of(seen, what.removeprefix(OF_TEACHER)))
    if what.startswith(FIND):
        return scene.t("links-found", words=what.removeprefix(FIND))
    return _title(scene, what)


def _title(scene: Scene, what: str) -> str:
    if what in set(Flag):
        return scene.t(f"link-flagged-{what}")
    if what in set(LinkState):
        return scene.t(f"link-state-{what}")
    return scene.t("links-to-report" if what == Who.HELP_DESK else "links-all")


def _lead(scene: Scene, seen: LinksSeen) -> str:
    parts = [scene.t("links-checked", at=moment(seen.at, scene.language))]
    parts += list_words(seen, scene.t, scene.language)
    if seen.by_hand:
        left = sum(link.state is LinkState.TO_BE_MADE for link in seen.links)
        everything = sum(link.by_hand for link in seen.links)
        parts.append(scene.t("links-left", left=str(left), all=str(everything)))
    return " · ".join(parts)


def _notices(
    scene: Scene, seen: LinksSeen, folder: str, *, overview: bool = False, upload: bool = False
) -> tuple[str, ...]:
    """`upload`: the card has a button for it."""
    notices = [] if seen.whole else [scene.t("links-partial")]
    if seen.by_hand and (overview or scene.actor.role is not Role.DIRECTOR):
        notices.append(scene.t("links-by-hand"))
    if seen.awaited:
        notices.append(scene.t("links-list-awaited", button=scene.t("links-check")))
    elif not seen.listed and not seen.by_hand:
        button = scene.t("links-errand-list")
        notices.append(scene.t("links-no-list-upload", button=button) if upload else scene.t("links-no-list"))
    faults = [fault for each in seen.lists for fault in each.faults]
    # Without a folder there can be no file in it: that there is no list says it all.
    notices += [fault_told(one, folder, scene.t) for one in faults if folder or one.fault is not Fault.NO_FILES]
    return tuple(notices[:4])


def _row(scene: Scene, seen: LinksSeen, link: Link, place: Mapping[str, str], *, director: bool) -> LinkRow:
    """A list of one state says it above, and not in each row."""
    t, who = scene.t, who_acts(link)
    state = "" if director and place["what"] == link.state != LinkState.FAILED else state_word(link, t)
    if state and who is not Who.NOBODY:
        state = f"{state} – {t(f'link-who-{who}')}"
    return LinkRow(
        title=link.title,
        state=" · ".join(filter(None, (state, *(t(f"link-flag-{flag}").removesuffix(".") for flag in link.flags)))),
        press=scene.press("link.open", ids={"key": link.key, **place}),
        when="" if link.since is None else t("links-row-since", since=moment(link.since, scene.language)),
        teacher=name_of(seen, link.teacher) if director and link.teacher else "",
        style="attention" if link.flags else STYLES[link.state],
    )
