"""Links → the cards of lists and of the school at a glance."""

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256

from bot.conversation import PeopleShown, Reply, Shows
from bot.core.actors.model import Role
from bot.core.class_links.expected import Fault
from bot.core.class_links.model import IN_ORDER, Flag, Link, State, Who, who_acts
from bot.core.class_links.read import Seen
from bot.core.decision import Decision
from bot.dialogs.class_links.words import (
    STYLES,
    WHO_STYLES,
    fault_word,
    flag_word,
    flagged_word,
    list_words,
    name_of,
    state_word,
    who_word,
)
from bot.dialogs.dialog import Scene
from bot.dialogs.menu import way_forward
from bot.presser import FORM_LIFETIME
from bot.refusals import refusal
from bot.texts.moments import moment
from cards.actions import Button
from cards.link_list import MOST_ROWS, LinkRow, link_list_card
from cards.link_overview import Count, link_overview_card

ALL, PROBLEMS, FIND, OF_TEACHER = "all", "problems", "find:", "teacher:"
"""Lists, beside those of a state, of a flag and of who must act. After FIND follow the words that were looked for,
after OF_TEACHER the whole username of the teacher.
"""

LONGEST_FIND = 60
LONGEST_WHAT = max(len(FIND) + LONGEST_FIND, len(OF_TEACHER) + 64)
"""A list's name: a username has 64 characters at most (learn.microsoft.com, "userPrincipalName")."""
_ORDER = {state: place for place, state in enumerate((*(one for one in State if one not in IN_ORDER), *IN_ORDER))}


def chosen(seen: Seen, what: str) -> tuple[Link, ...]:
    """The links of one list: all, those with a problem, of one state or of one who must act. Problems come first."""
    if what == PROBLEMS:
        links = [link for link in seen.links if link.state not in IN_ORDER or link.flags]
    elif what in set(State):
        links = [link for link in seen.links if link.state.value == what]
    elif what in set(Flag):
        links = [link for link in seen.links if what in {flag.value for flag in link.flags}]
    elif what.startswith(OF_TEACHER):
        links = [link for link in seen.links if link.teacher and link.teacher == what.removeprefix(OF_TEACHER)]
    elif what.startswith(FIND):
        links = [link for link in seen.links if _holds(link, seen, what.removeprefix(FIND))]
    elif what in set(Who):
        links = [link for link in seen.links if who_acts(link).value == what and not _settled(link)]
    else:
        links = list(seen.links)
    return tuple(sorted(links, key=lambda link: (_settled(link), _ORDER[link.state], link.title, link.key)))


def listed(scene: Scene, seen: Seen, folder: str, what: str, number: int, *, problem: str = "") -> Reply:
    """A page of a list."""
    links = chosen(seen, what)
    pages = max(1, -(-len(links) // MOST_ROWS))
    number = min(max(0, number), pages - 1)
    some = links[number * MOST_ROWS : (number + 1) * MOST_ROWS]
    director = scene.actor.role is Role.DIRECTOR
    ids = {"what": what, "page": str(number)}
    buttons = [Button(scene.t("links-check"), scene.press("links.check", ids=ids))]
    if number + 1 < pages:
        after = {"what": what, "page": str(number + 1)}
        buttons.append(Button(scene.t("links-next"), scene.press("links.list", ids=after)))
    if number > 0:
        before = {"what": what, "page": str(number - 1)}
        buttons.append(Button(scene.t("links-previous"), scene.press("links.list", ids=before)))
    if director:
        buttons.append(Button(scene.t("links-overview"), scene.press("links.open")))
    card = link_list_card(
        scene.t,
        about=_what(scene, seen, what) if director else "",
        lead=_lead(scene, seen),
        rows=tuple(_row(scene, seen, link, director=director) for link in some),
        empty=scene.t("links-none" if seen.links or director else "links-none-listed"),
        opens=scene.press("links.pick", FORM_LIFETIME, ids=ids) if some else None,
        deeper=number % 2 == 1,
        page_note=scene.t("links-page", page=str(number + 1), pages=str(pages)) if pages > 1 else "",
        problem=problem,
        notices=_notices(scene, seen, folder),
        buttons=tuple(buttons),
    )
    teachers = {link.teacher for link in some if link.teacher} if director else set()
    if director and what.startswith(OF_TEACHER):
        teachers.add(what.removeprefix(OF_TEACHER))  # named above the list, were it empty
    school = scene.actor.school
    people = PeopleShown(Shows.LINKS, school.id if school else "", len(teachers)) if teachers else None
    return Reply(card=card, people=people)


def handle(link: Link) -> str:
    """What a choice of the link carries. It names the link and not its place: a client that goes on offering the
    choices of the card before opens what it says all the same.
    """
    return _handle_of(link.key)


def of_handle(links: Sequence[Link], choice: str) -> Link | None:
    """The link that was chosen; of one that has got a twin since, the first."""
    now = next((link for link in links if handle(link) == choice), None)
    return now or next((link for link in links if choice in map(_handle_of, link.keys)), None)


def overview(scene: Scene, seen: Seen, folder: str, *, pages: bool) -> Reply:
    """The school at a glance. `pages`: there are pages for what the chat cannot carry."""
    t, school = scene.t, scene.actor.school
    states = Counter(link.state for link in seen.links)
    whos = Counter(who_acts(link) for link in seen.links if not _settled(link))
    flags = Counter(flag for link in _one_a_class(seen.links) for flag in link.flags)
    groups = [(ALL, t("links-all")), (PROBLEMS, t("links-problems"))]
    groups += [(who.value, t(f"link-who-{who.value}")) for who in Who if whos[who]]
    groups += [(flag.value, flagged_word(flag, t)) for flag in Flag if flags[flag]]
    groups += [(state.value, t(f"link-state-{state.value}")) for state in State if states[state]]
    card = link_overview_card(
        t,
        school=school.name if school is not None else "",
        lead=_lead(scene, seen),
        states=tuple(
            Count(t(f"link-state-{state.value}"), states[state], STYLES[state]) for state in _ORDER if states[state]
        ),
        whos=tuple(Count(t(f"link-who-{who.value}"), whos[who], WHO_STYLES[who]) for who in Who if whos[who]),
        groups=tuple(groups) if seen.links else (),
        opens=scene.press("links.group", FORM_LIFETIME) if seen.links else None,
        notices=_notices(scene, seen, folder, upload=pages),
        warnings=tuple(f"{flagged_word(flag, t)}: {flags[flag]}" for flag in Flag if flags[flag]),
        buttons=(
            Button(t("links-check"), scene.press("links.check", ids={"what": "", "page": "0"})),
            *([Button(t("links-errand-table"), scene.press("links.table"))] if pages and seen.links else []),
            *([Button(t("links-errand-list"), scene.press("links.upload"))] if pages else []),
            Button(t("links-platform"), scene.press("links.platform")),
        ),
    )
    return Reply(card=card)


def denied(scene: Scene, decision: Decision) -> Reply:
    """No, and what is possible instead."""
    return way_forward(scene, refusal(decision, scene.t, scene.language))


def _handle_of(key: str) -> str:
    return sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _settled(link: Link) -> bool:
    return link.state in IN_ORDER and not link.flags


def _one_a_class(links: Sequence[Link]) -> tuple[Link, ...]:
    """One link of each class: a flag is the class's, not a teacher's."""
    return tuple({(link.class_id, link.existing): link for link in links}.values())


def _holds(link: Link, seen: Seen, words: str) -> bool:
    """Whether every word stands in the title, the row's number, or the teacher's name or username."""
    text = f"{link.title} {link.class_id} {link.teacher} {name_of(seen, link.teacher)}".casefold()
    return all(word in text for word in words.casefold().split())


def _what(scene: Scene, seen: Seen, what: str) -> str:
    if what.startswith(OF_TEACHER):
        return scene.t("links-of-teacher", teacher=name_of(seen, what.removeprefix(OF_TEACHER)))
    if what.startswith(FIND):
        return scene.t("links-found", words=what.removeprefix(FIND))
    if what in set(Flag):
        return flagged_word(Flag(what), scene.t)
    if what in set(State):
        return scene.t(f"link-state-{what}")
    if what in set(Who):
        return scene.t(f"link-who-{what}")
    return scene.t("links-problems" if what == PROBLEMS else "links-all")


def _lead(scene: Scene, seen: Seen) -> str:
    parts = [scene.t("links-checked", at=moment(seen.at, scene.language))]
    parts += list_words(seen, scene.t, scene.language)
    if seen.by_hand:
        left = sum(link.state is State.TO_BE_MADE for link in seen.links)
        everything = sum(link.by_hand for link in seen.links)
        parts.append(scene.t("links-left", left=str(left), all=str(everything)))
    return " · ".join(parts)


def _notices(scene: Scene, seen: Seen, folder: str, *, upload: bool = False) -> tuple[str, ...]:
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


def _row(scene: Scene, seen: Seen, link: Link, *, director: bool) -> LinkRow:
    since = "" if link.since is None else scene.t("links-row-since", since=moment(link.since, scene.language))
    state = state_word(link, scene.t)
    if who_acts(link) is not Who.NOBODY:
        state = f"{state} – {who_word(link, scene.t)}"
    teacher = name_of(seen, link.teacher) if director and link.teacher else ""
    state = " · ".join((state, *(flag_word(flag, scene.t) for flag in link.flags)))
    style = "attention" if link.flags else STYLES[link.state]
    return LinkRow(handle(link), link.title, state, since, teacher, style)
