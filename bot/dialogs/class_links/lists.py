"""The lists of class links: a teacher's own, a director's school at a glance, and what is looked for in it."""

from collections import Counter

from bot.conversation import Action, PeopleShown, Reply, Shows
from bot.core.actors.model import Role
from bot.core.class_links.expected import Fault
from bot.core.class_links.model import Flag, Link, LinkState, Who, who_acts
from bot.core.class_links.read import LinksSeen
from bot.core.decision import Decision
from bot.core.people.free_text import search_words
from bot.dialogs.class_links import one_link
from bot.dialogs.class_links.cases import ClassLinksCases
from bot.dialogs.class_links.notices import refused
from bot.dialogs.class_links.selection import (
    ALL,
    FIND,
    LONGEST_FIND,
    LONGEST_WHAT,
    OF_TEACHER,
    PROBLEMS,
    STATES,
    handle,
    of_handle,
    selected,
    settled,
)
from bot.dialogs.class_links.words import STYLES, WHO_STYLES, fault_word, list_words, name_of, state_word
from bot.dialogs.dialog import Handler, Scene
from bot.presser import FORM_LIFETIME
from bot.texts.moments import moment
from cards.actions import Button
from cards.class_links import MOST_ROWS, Count, LinkRow, link_list_card, link_overview_card


async def start(cases: ClassLinksCases, scene: Scene) -> Reply:
    """A teacher's own links, a director's school at a glance."""
    return await _shown(cases, scene, "", 0)


async def turn_page(cases: ClassLinksCases, scene: Scene) -> Reply:
    """A page of a list."""
    what, page = _where(scene)
    return await _shown(cases, scene, what or ALL, page)


async def search(cases: ClassLinksCases, scene: Scene) -> Reply:
    """The list that was asked for: words to look for go before a choice."""
    inputs = scene.action.inputs
    words = search_words(inputs.get("find", ""), LONGEST_FIND)
    return await _shown(cases, scene, f"{FIND}{words}" if words else inputs.get("group", "")[:40] or ALL, 0)


async def pick(cases: ClassLinksCases, scene: Scene) -> Reply:
    """The link that was chosen from a list."""
    seen = await cases.read(scene.actor)
    if isinstance(seen, Decision):
        return refused(scene, seen)
    link = of_handle(seen.links, scene.action.inputs.get("choice", ""))
    if link is None:
        what, page = _where(scene)
        return await _shown(cases, scene, what or ALL, page, problem=scene.t("links-choice-missing"))
    return await one_link.shown(cases, scene, link.key)


async def check(cases: ClassLinksCases, scene: Scene) -> Reply:
    """The same list, or the same link, read from the directory again."""
    if "key" in scene.action.ids:
        return await one_link.shown(cases, scene, scene.action.ids["key"], anew=True)
    return await _shown(cases, scene, *_where(scene), anew=True)


_READ = {
    "links.open": start,
    "links.list": turn_page,
    "links.group": search,
    "links.pick": pick,
    "links.check": check,
    "link.open": one_link.open_link,
}
"""What shows what the directory says of a school: of a large one that takes longer than a turn."""


def follows(action: Action) -> Handler[ClassLinksCases] | None:
    """Lists and single links, as they are: classes and teachers are shown in messages anyway. Not those found by
    words, which are not kept.
    """
    return None if action.id("what").startswith(FIND) else _READ.get(action.verb)


async def _shown(
    cases: ClassLinksCases, scene: Scene, what: str, page: int, *, anew: bool = False, problem: str = ""
) -> Reply:
    seen = await cases.read(scene.actor, anew=anew)
    if isinstance(seen, Decision):
        return refused(scene, seen)
    if not what and scene.actor.role is Role.DIRECTOR:
        return overview(scene, seen, cases.folder, pages=bool(cases.public_url))
    return listed(scene, seen, cases.folder, what or ALL, page, problem=problem)


def _where(scene: Scene) -> tuple[str, int]:
    """The list and the page that the card showed. A list's name stands on the next card too, so it has an end."""
    return scene.action.id("what")[:LONGEST_WHAT], scene.action.number("page")


def listed(scene: Scene, seen: LinksSeen, folder: str, what: str, page: int, *, problem: str = "") -> Reply:
    """A page of a list."""
    t, links = scene.t, selected(seen, what)
    pages = max(1, -(-len(links) // MOST_ROWS))
    page = min(page, pages - 1)
    some = links[page * MOST_ROWS : (page + 1) * MOST_ROWS]
    director = scene.actor.role is Role.DIRECTOR
    ids = {"what": what, "page": str(page)}
    buttons = [Button(t("links-check"), scene.press("links.check", ids=ids))]
    if page + 1 < pages:
        press = scene.press("links.list", ids={**ids, "page": str(page + 1)})
        buttons.append(Button(t("links-next"), press))
    if page > 0:
        press = scene.press("links.list", ids={**ids, "page": str(page - 1)})
        buttons.append(Button(t("links-previous"), press))
    if director:
        buttons.append(Button(t("links-overview"), scene.press("links.open")))
    card = link_list_card(
        t,
        about=_title(scene, seen, what) if director else "",
        lead=_lead(scene, seen),
        rows=tuple(_row(scene, seen, link, director=director) for link in some),
        empty=t("links-none" if seen.links or director else "links-none-listed"),
        opens=scene.press("links.pick", FORM_LIFETIME, ids=ids) if some else None,
        deeper=page % 2 == 1,
        page_note=t("links-page", page=str(page + 1), pages=str(pages)) if pages > 1 else "",
        problem=problem,
        notices=_notices(scene, seen, folder),
        buttons=tuple(buttons),
    )
    teachers = {link.teacher for link in some if link.teacher} if director else set()
    if director and what.startswith(OF_TEACHER):
        teachers.add(what.removeprefix(OF_TEACHER))  # named above the list, were it empty
    people = PeopleShown(Shows.LINKS, scene.actor.school_id, len(teachers)) if teachers else None
    return Reply(card=card, people=people)


def overview(scene: Scene, seen: LinksSeen, folder: str, *, pages: bool) -> Reply:
    """The school at a glance. `pages`: there are pages for what the chat cannot carry."""
    t = scene.t
    states = Counter(link.state for link in seen.links)
    whos = Counter(who_acts(link) for link in seen.links if not settled(link))
    one_a_class = {(link.class_id, link.existing): link for link in seen.links}  # a flag is the class's
    flags = Counter(flag for link in one_a_class.values() for flag in link.flags)
    groups = [(ALL, t("links-all")), (PROBLEMS, t("links-problems"))]
    groups += [(who.value, t(f"link-who-{who}")) for who in Who if whos[who]]
    groups += [(flag.value, t(f"link-flagged-{flag}")) for flag in Flag if flags[flag]]
    groups += [(state.value, t(f"link-state-{state}")) for state in LinkState if states[state]]
    card = link_overview_card(
        t,
        school=scene.actor.school_name,
        lead=_lead(scene, seen),
        states=tuple(
            Count(t(f"link-state-{state}"), states[state], STYLES[state]) for state in STATES if states[state]
        ),
        whos=tuple(Count(t(f"link-who-{who}"), whos[who], WHO_STYLES[who]) for who in Who if whos[who]),
        groups=tuple(groups) if seen.links else (),
        opens=scene.press("links.group", FORM_LIFETIME) if seen.links else None,
        notices=_notices(scene, seen, folder, upload=pages),
        warnings=tuple(f"{t(f'link-flagged-{flag}')}: {flags[flag]}" for flag in Flag if flags[flag]),
        buttons=(
            Button(t("links-check"), scene.press("links.check", ids={"what": "", "page": "0"})),
            *([Button(t("links-errand-table"), scene.press("links.table"))] if pages and seen.links else []),
            *([Button(t("links-errand-list"), scene.press("links.upload"))] if pages else []),
            Button(t("links-platform"), scene.press("links.platform")),
        ),
    )
    return Reply(card=card)


def _title(scene: Scene, seen: LinksSeen, what: str) -> str:
    if what.startswith(OF_TEACHER):
        return scene.t("links-of-teacher", teacher=name_of(seen, what.removeprefix(OF_TEACHER)))
    if what.startswith(FIND):
        return scene.t("links-found", words=what.removeprefix(FIND))
    if what in set(Flag):
        return scene.t(f"link-flagged-{what}")
    if what in set(LinkState):
        return scene.t(f"link-state-{what}")
    if what in set(Who):
        return scene.t(f"link-who-{what}")
    return scene.t("links-problems" if what == PROBLEMS else "links-all")


def _lead(scene: Scene, seen: LinksSeen) -> str:
    parts = [scene.t("links-checked", at=moment(seen.at, scene.language))]
    parts += list_words(seen, scene.t, scene.language)
    if seen.by_hand:
        left = sum(link.state is LinkState.TO_BE_MADE for link in seen.links)
        everything = sum(link.by_hand for link in seen.links)
        parts.append(scene.t("links-left", left=str(left), all=str(everything)))
    return " · ".join(parts)


def _notices(scene: Scene, seen: LinksSeen, folder: str, *, upload: bool = False) -> tuple[str, ...]:
    """`upload`: the card has a button for it."""
    notices = [] if seen.whole else [scene.t("links-partial")]
    if seen.by_hand:
        notices.append(scene.t("links-by-hand"))
    if not seen.listed and not seen.by_hand:
        button = scene.t("links-errand-list")
        notices.append(scene.t("links-no-list-upload", button=button) if upload else scene.t("links-no-list"))
    faults = [fault for each in seen.lists for fault in each.faults]
    # Without a folder there can be no file in it: that there is no list says it all.
    notices += [fault_word(one, folder, scene.t) for one in faults if folder or one.fault is not Fault.NO_FILES]
    return tuple(notices[:4])


def _row(scene: Scene, seen: LinksSeen, link: Link, *, director: bool) -> LinkRow:
    t, who = scene.t, who_acts(link)
    state = state_word(link, t)
    if who is not Who.NOBODY:
        state = f"{state} – {t(f'link-who-{who}')}"
    return LinkRow(
        key=handle(link),
        title=link.title,
        state=" · ".join((state, *(t(f"link-flag-{flag}") for flag in link.flags))),
        when="" if link.since is None else t("links-row-since", since=moment(link.since, scene.language)),
        teacher=name_of(seen, link.teacher) if director and link.teacher else "",
        style="attention" if link.flags else STYLES[link.state],
    )
