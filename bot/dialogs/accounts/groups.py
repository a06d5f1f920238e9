"""Groups of a school's own, kept with a name: a test group, a club, the children of one bus."""

from collections.abc import Collection, Iterator, Sequence
from hashlib import sha256

from bot.conversation import PeopleShown, Reply, Shows
from bot.core.accounts.board import Board, counted
from bot.core.accounts.choose import GroupProblem
from bot.core.accounts.model import LONGEST_GROUP, MOST_GROUPS, MOST_IN_GROUP, BoardPerson, BoardTiming, OwnGroup
from bot.core.decision import Decision, Reason
from bot.core.people.free_text import free_text
from bot.dialogs.accounts import handing
from bot.dialogs.accounts.cases import AccountsCases
from bot.dialogs.accounts.chosen import GROUP
from bot.dialogs.accounts.selection import CLASS
from bot.dialogs.accounts.ways import to_board
from bot.dialogs.accounts.words import STYLES, class_word, part_word, state_word
from bot.dialogs.dialog import Scene
from bot.dialogs.menu import denied, not_possible, notice
from bot.dialogs.paging import Page
from bot.dialogs.search import press_digest
from bot.presser import FORM_LIFETIME, STEP_LIFETIME
from cards.accounts import MOST_PEOPLE, PartRow
from cards.actions import Button, Press
from cards.closing import Signer
from cards.groups import (
    MOST_GROUPS_SHOWN,
    MOST_OF_CLASS,
    class_value,
    group_card,
    group_form_card,
    group_people_card,
    groups_card,
)

_LONGEST_ID, _NEW_ID = 64, 32


def of_school(scene: Scene) -> tuple[Button, ...]:
    """To the groups."""
    return (Button(scene.t("groups-title"), scene.press("accounts.groups")),)


async def list_(cases: AccountsCases, scene: Scene) -> Reply:
    """The groups of the school."""
    found = await _board(cases, scene)
    return found if isinstance(found, Reply) else listed(scene, *found)


async def one(cases: AccountsCases, scene: Scene) -> Reply:
    """The people of a group."""
    found = await _found(cases, scene)
    return found if isinstance(found, Reply) else of_group(scene, cases.timing, *found)


async def edit(cases: AccountsCases, scene: Scene) -> Reply:
    """The name of a group that is there or begins, and from which class its students are taken next."""
    # Pressed on a group, it is there or was dropped; a new one has no list to come back to, it begins with this.
    found = await (_found(cases, scene) if scene.action.id("what") else _board(cases, scene))
    if isinstance(found, Reply):
        return found
    seen, groups = found
    return form(scene, seen, groups if isinstance(groups, tuple) else (groups,))


async def pick(cases: AccountsCases, scene: Scene) -> Reply:
    """Who of the class is in it?"""
    found = await _board_of_card(cases, scene)
    if isinstance(found, Reply):
        return found
    seen, groups = found
    class_ = _class(scene, seen)
    if class_ is None:
        return form(scene, seen, groups, problem=scene.t("card-class-pick-missing"))
    return people_of_class(scene, seen, groups, class_)


async def keep(cases: AccountsCases, scene: Scene) -> Reply:
    """Keeps it: those ticked of the class, and who was in it and not offered here. Who left the school drops out."""
    found = await _board_of_card(cases, scene)
    if isinstance(found, Reply):
        return found
    seen, groups = found
    class_ = _class(scene, seen)
    if class_ is None:
        return form(scene, seen, groups, problem=scene.t("card-class-pick-missing"))
    ticked = _ids(scene.action.inputs.get("students", ""))
    offered = {one.id for one in _offered(seen, class_)}
    before, here = _people(scene, groups), _here(scene, seen, groups)
    if scene.action.id("people") != _shown(scene, seen, groups, class_):
        same = _group(scene, groups)
        if same is not None and same.name == _name(scene) and offered.intersection(here) == set(ticked):
            return of_group(scene, cases.timing, seen, same, said=scene.t("groups-kept"))  # the same press again
        problem = scene.t("closing-changed")
        return people_of_class(scene, seen, groups, class_, problem=problem, ticked=ticked)
    people = [one for one in here if one not in offered or one in ticked]
    people += [one for one in ticked if one in offered and one not in people]
    kept = await cases.groups.keep(scene.actor, scene.action.id("school"), _id(scene), _name(scene), people)
    if isinstance(kept, Decision):
        return denied(scene, kept)
    if isinstance(kept, GroupProblem):
        return people_of_class(scene, seen, groups, class_, problem=_problem(scene, kept), ticked=ticked)
    left = len(before) - len(here)
    said = scene.t("groups-kept-left", count=left) if left else scene.t("groups-kept")
    return of_group(scene, cases.timing, seen, kept, said=said)


async def drop(cases: AccountsCases, scene: Scene) -> Reply:
    """Sure?"""
    found = await _found(cases, scene)
    if isinstance(found, Reply):
        return found
    seen, group = found
    t, ids = scene.t, _ids_of(group.id)
    drop_ = scene.press("accounts.group-dropped", STEP_LIFETIME, ids={**ids, "school": seen.school.id})
    return notice(
        scene,
        t("groups-drop-title"),
        t("groups-drop-sure", name=group.name),
        buttons=(
            Button(t("groups-drop"), drop_, "destructive"),
            Button(t("groups-to-group"), scene.press("accounts.group", ids=ids)),
        ),
    )


async def dropped(cases: AccountsCases, scene: Scene) -> Reply:
    """Removes it; nobody in it is touched."""
    gone = await cases.groups.drop(scene.actor, scene.action.id("school"), _id(scene))
    if isinstance(gone, Decision):
        return denied(scene, gone)
    found = await _board(cases, scene)
    if isinstance(found, Reply):
        return found
    return listed(scene, *found, said=scene.t("groups-dropped" if gone else "groups-gone"))


def listed(scene: Scene, seen: Board, groups: Sequence[OwnGroup], said: str = "") -> Reply:
    """A page of the groups, each with how many of it are in the school; `said`: what became of one."""
    t = scene.t
    page = Page.of(groups, MOST_GROUPS_SHOWN, scene.action.number("groups"))
    buttons = []
    if len(groups) < MOST_GROUPS:
        begin = scene.press("accounts.group-edit", FORM_LIFETIME)
        buttons.append(Button(t("groups-new"), begin, "positive" if not groups else "default"))
    buttons += page.ways(t, lambda number: scene.press("accounts.groups", ids={"groups": str(number)}))
    card = groups_card(
        t,
        groups=tuple(
            PartRow(
                each.name,
                t("groups-people", count=len(seen.among(each.people))),
                scene.press("accounts.group", ids=_ids_of(each.id)),
            )
            for each in page.some
        ),
        notice=said,
        page_note=page.note(t),
        buttons=(*buttons, to_board(scene)),
    )
    return Reply(card=card)


def of_group(scene: Scene, timing: BoardTiming, seen: Board, group: OwnGroup, said: str = "") -> Reply:
    """A page of a group's people; `said`: what became of it."""
    t = scene.t
    people = seen.among(group.people)
    page = Page.of(people, MOST_PEOPLE, scene.action.number("page"))
    ids = {"of": f"{GROUP}{group.id}", "what": f"{GROUP}{group.id}", "page": str(page.number)}
    buttons = [*handing.slips_of(scene, group.name, people), *handing.of_open(scene, ids, people)]
    buttons += page.ways(t, lambda number: _page(scene, group, number))
    if not page.number:
        edit_ = scene.press("accounts.group-edit", FORM_LIFETIME, ids=_ids_of(group.id))
        buttons.append(Button(t("groups-edit"), edit_))
    back = Button(t("groups-back"), scene.press("accounts.groups"))
    card = group_card(
        t,
        name=group.name,
        told=part_word(counted(people), t) if people else t("accounts-nobody"),
        people=tuple(_rows(scene, timing, group, page)),
        notice=said,
        page_note=page.note(t),
        buttons=(*buttons, back),
    )
    shown = PeopleShown.several(Shows.ACCOUNTS, seen.school.id, [one.id for one in page.some])
    return Reply(card=card, people=shown if page.some else None)


def _rows(scene: Scene, timing: BoardTiming, group: OwnGroup, page: Page[BoardPerson]) -> Iterator[PartRow]:
    for each in page.some:
        ids = {"person": each.id, "what": f"{GROUP}{group.id}", "page": str(page.number)}
        press = scene.press("accounts.person", FORM_LIFETIME, ids=ids)
        state = state_word(each, timing, scene.t, now=scene.now)
        yield PartRow(each.name, f"{class_word(each.class_, scene.t)} · {state}", press, STYLES[each.state])


def _page(scene: Scene, group: OwnGroup, number: int) -> Press:
    return scene.press("accounts.group", ids={**_ids_of(group.id), "page": str(number)})


def form(scene: Scene, seen: Board, groups: Sequence[OwnGroup], problem: str = "") -> Reply:
    """Name and class; of a group that is there also the way to be rid of it."""
    t, group = scene.t, _group(scene, groups)
    classes = tuple((_value(name), class_word(name, t)) for name in seen.classes())
    back = Button(t("groups-back"), scene.press("accounts.groups"))
    if not classes:
        return not_possible(scene, t("groups-no-classes"), buttons=(back,))
    drop_: tuple[Button, ...] = ()
    if group is not None:
        press = scene.press("accounts.group-drop", FORM_LIFETIME, ids=_ids_of(group.id))
        drop_ = (Button(t("groups-drop"), press),)
    card = group_form_card(
        t,
        submit=scene.press("accounts.group-pick", FORM_LIFETIME, ids={"kept": _id(scene), "school": seen.school.id}),
        classes=classes,
        group=group.name if group else "",
        name=_name(scene) or (group.name if group else ""),
        class_=_chosen(scene),
        longest=LONGEST_GROUP,
        problem=problem,
        buttons=(back, *drop_),
    )
    return Reply(card=card)


def people_of_class(
    scene: Scene,
    seen: Board,
    groups: Sequence[OwnGroup],
    class_: str,
    *,
    problem: str = "",
    ticked: Collection[str] | None = None,
) -> Reply:
    """A class, with those ticked who are in the group. `ticked`: as they were before."""
    t, group = scene.t, _group(scene, groups)
    offered, inside = _offered(seen, class_), _here(scene, seen, groups)
    ids = {one.id for one in offered}
    meant = {
        "kept": _id(scene),
        "class": _value(class_),
        "school": seen.school.id,
        "people": _shown(scene, seen, groups, class_),
    }
    gone = len(_people(scene, groups)) - len(inside)
    card = group_people_card(
        t,
        submit=scene.press("accounts.group-keep", FORM_LIFETIME, ids=meant),
        name=_name(scene) or (group.name if group else ""),
        class_=class_word(class_, t),
        people=tuple(Signer(one.id, one.name) for one in seen.of_class(class_)),
        ticked=inside if ticked is None else ticked,
        longest=LONGEST_GROUP,
        others=sum(one not in ids for one in inside),
        gone=gone,
        problem=problem,
        buttons=(Button(t("groups-back"), scene.press("accounts.groups")),),
    )
    return Reply(card=card, people=PeopleShown.several(Shows.CLASS, seen.school.id, ids, class_))


def _problem(scene: Scene, problem: GroupProblem) -> str:
    match problem:
        case GroupProblem.NAMELESS:
            return scene.t("groups-name-missing")
        case GroupProblem.EMPTY:
            return scene.t("groups-empty")
        case GroupProblem.TOO_LARGE:
            return scene.t("groups-too-large", count=MOST_IN_GROUP)
        case GroupProblem.TOO_MANY:
            return scene.t("groups-too-many", count=MOST_GROUPS)


async def _board(cases: AccountsCases, scene: Scene) -> tuple[Board, tuple[OwnGroup, ...]] | Reply:
    seen, groups = await cases.show(scene.actor), await cases.groups.all(scene.actor)
    if isinstance(seen, Decision):
        return denied(scene, seen)
    return denied(scene, groups) if isinstance(groups, Decision) else (seen, groups)


async def _board_of_card(cases: AccountsCases, scene: Scene) -> tuple[Board, tuple[OwnGroup, ...]] | Reply:
    """The same, if the school of the card is still the actor's."""
    found = await _board(cases, scene)
    school = scene.action.id("school")
    if isinstance(found, Reply) or not school or school == found[0].school.id:
        return found
    return denied(scene, Decision(Reason.SCHOOL_CHANGED))


async def _found(cases: AccountsCases, scene: Scene) -> tuple[Board, OwnGroup] | Reply:
    found = await _board(cases, scene)
    if isinstance(found, Reply):
        return found
    group = _group(scene, found[1])
    if group is None:
        back = Button(scene.t("groups-back"), scene.press("accounts.groups"))
        return not_possible(scene, scene.t("groups-gone"), buttons=(back,))
    return found[0], group


def _ids_of(group_id: str) -> dict[str, str]:
    """What a press on a group carries: the group is also the list one comes back to."""
    return {"kept": group_id, "what": f"{GROUP}{group_id}"}


def _id(scene: Scene) -> str:
    """Which group; of a way back to one it is the list one came from. A press that says none begins a new one, and
    pressed twice it is one group.
    """
    what = scene.action.id("what")
    known = scene.action.id("kept") or (what.removeprefix(GROUP) if what.startswith(GROUP) else "")
    return known[:_LONGEST_ID] or press_digest(scene.action)[:_NEW_ID]


def _people(scene: Scene, groups: Sequence[OwnGroup]) -> tuple[str, ...]:
    """Who is in the group."""
    group = _group(scene, groups)
    return group.people if group else ()


def _here(scene: Scene, seen: Board, groups: Sequence[OwnGroup]) -> tuple[str, ...]:
    """Who is in the group and in the school."""
    return tuple(one for one in _people(scene, groups) if seen.one(one) is not None)


def _group(scene: Scene, groups: Sequence[OwnGroup]) -> OwnGroup | None:
    return next((one for one in groups if one.id == _id(scene)), None)


def _name(scene: Scene) -> str:
    return free_text(scene.action.inputs.get("group_name", ""), LONGEST_GROUP)


def _chosen(scene: Scene) -> str:
    return scene.action.id("class") or scene.action.inputs.get("class", "")


def _class(scene: Scene, seen: Board) -> str | None:
    """The class that was chosen, "" for those in none; None where nothing was, or there is no such class any more."""
    chosen = class_value(_chosen(scene))
    return next((name for name in seen.classes() if chosen and _value(name) == chosen), None)


def _value(name: str) -> str:
    """What a class is called in the list to choose from; those in none as on the presses of the board."""
    return class_value(name) if name else CLASS


def _offered(seen: Board, class_: str) -> tuple[BoardPerson, ...]:
    """Those of a class for whom a card has room."""
    return seen.of_class(class_)[:MOST_OF_CLASS]


def _shown(scene: Scene, seen: Board, groups: Sequence[OwnGroup], class_: str) -> str:
    """What says of a card who was offered on it and who stays in the group or drops out of it: nobody does who was
    not spoken of when it was shown.
    """
    here = _here(scene, seen, groups)
    gone = [one for one in _people(scene, groups) if one not in here]
    parts = ([one.id for one in _offered(seen, class_)], here, gone)
    said = "\n".join("\0".join(sorted(part)) for part in parts)
    return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _ids(text: str) -> tuple[str, ...]:
    parts = (part.strip() for part in text.split(","))
    return tuple(dict.fromkeys(one for one in parts if 0 < len(one) <= _LONGEST_ID))[:MOST_OF_CLASS]
