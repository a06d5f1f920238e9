"""Which class, which of its students, and who will receive their passwords → cards."""

from collections.abc import Sequence

from bot.conversation import PeopleShown, Reply, Shows
from bot.core.decision import Decision, Reason
from bot.core.passwords.class_lists import ClassList, StudentRow
from bot.core.passwords.request_many import ManyChecked, ManyWish
from bot.core.people.model import SchoolClass
from bot.dialogs.dialog import Scene
from bot.dialogs.menu import not_possible, notice, way_forward
from bot.dialogs.password.person_screens import another, status_word
from bot.presser import FORM_LIFETIME, STEP_LIFETIME
from bot.refusals import refusal
from bot.texts.moments import day, moment
from cards.actions import Button
from cards.lookup_choices import told_apart
from cards.password_class import MOST_STUDENTS, StudentChoice, class_pick_card, class_students_card
from cards.password_confirm import password_confirm_card

_MOST_NAMED = 20
"""Names on a card that says only what is not possible."""


def pick(scene: Scene, classes: Sequence[SchoolClass], problem: str = "") -> Reply:
    """Which class? A school without classes is told so."""
    if not classes:
        return way_forward(scene, scene.t("class-none"))
    card = class_pick_card(
        scene.t,
        pick=scene.press("class.students", FORM_LIFETIME),
        classes=tuple(
            (one.name, scene.press("class.students", FORM_LIFETIME, ids={"class": one.name})) for one in classes
        ),
        school=scene.actor.school_name,
        problem=problem,
        buttons=(another(scene),),
    )
    return Reply(card=card)


def students(scene: Scene, listed: ClassList, wish: ManyWish, problem: str = "", *, ticked: bool = False) -> Reply:
    """The students to be ticked; of a large class those first whose password nobody is known to use. `ticked`: those
    of the wish are, and the rest of it was chosen before.
    """
    name, school = listed.class_.name, scene.actor.school_id
    to_classes = "card-class-pick-title" if wish.group else "class-another"
    other_class = Button(scene.t(to_classes), scene.press("class.open"))
    if not listed.rows:
        gone = scene.t("class-selection-gone" if wish.among else "class-gone")
        return not_possible(scene, gone, buttons=(other_class, another(scene)))
    rows = _offered(listed.rows)
    card = class_students_card(
        scene.t,
        submit=scene.press("class.choose", STEP_LIFETIME, ids={"class": name, "school": school, **_opened(wish)}),
        class_=wish.class_,
        group=wish.group,
        students=tuple(_choice(scene, row, wish if ticked or wish.lost else None) for row in rows),
        lost=wish.lost,
        recipient=wish.recipient.value if wish.recipient else "",
        identity=wish.identity,
        problem=problem,
        notice=""
        if len(rows) == len(listed.rows)
        else scene.t("class-first", count=len(listed.rows), shown=len(rows)),
        buttons=(other_class,),
    )
    offered = [row.person.id for row in rows]
    return Reply(card=card, people=PeopleShown.several(Shows.CLASS, school, offered, wish.class_))


def ready(scene: Scene, listed: ClassList, wish: ManyWish) -> Reply:
    """That the list can be shown now; of a class with nobody in it what `students` says."""
    name = listed.class_.name
    if not listed.rows:
        return students(scene, listed, wish)
    ids = {"class": name, **_opened(wish), **({"persons": ",".join(wish.persons)} if wish.persons else {})}
    show = Button(scene.t("class-show"), scene.press("class.students", FORM_LIFETIME, ids=ids))
    words = scene.t("class-ready-selection" if wish.group else "class-ready", name=name)
    title = scene.t("class-ready-title")
    return notice(scene, title, words, buttons=(show, another(scene)))


def confirm(scene: Scene, checked: ManyChecked, wish: ManyWish) -> Reply:
    """Желаете ли да продължите? With how many, and without whom. The button carries what was chosen."""
    recipient = wish.recipient.value if wish.recipient else ""
    chosen = {
        "class": wish.class_name,
        "school": wish.school,
        "recipient": recipient,
        "identity": "true" if wish.identity else "",
        **_opened(wish),
    }
    before = checked.before
    knows = {"knows": before.at.isoformat()} if before else {}
    ids = chosen | knows | {"persons": ",".join(person.id for person in checked.allowed)}
    back = chosen | {"persons": ",".join(wish.persons)}
    left_out = _left_out(scene, checked, wish)
    card = password_confirm_card(
        scene.t,
        confirm=Button(scene.t("password-confirm"), scene.press("class.confirm", STEP_LIFETIME, ids=ids), "positive"),
        cancel=Button(scene.t("password-cancel"), scene.press("class.students", STEP_LIFETIME, ids=back)),
        recipient=recipient,
        class_=wish.class_,
        group=wish.group,
        count=len(checked.allowed),
        left_out=left_out,
        working=checked.working,
        unknown=checked.unknown,
        before=() if before is None else (before.by, moment(before.at, scene.language), before.count),
    )
    refused = [person.id for person, _ in checked.refused]
    people = PeopleShown.several(Shows.CLASS, wish.school, refused, wish.class_)
    return Reply(card=card, people=people if left_out else None)


def nobody(scene: Scene, checked: ManyChecked, wish: ManyWish) -> Reply:
    """None of those chosen can be given one, and why."""
    why = tuple(f"{name}: {words}" for name, words in _left_out(scene, checked, wish)[:_MOST_NAMED])
    press = scene.press("class.students", STEP_LIFETIME, ids={"class": wish.class_name, **_opened(wish)})
    back = Button(scene.t("password-back"), press)
    refused = [person.id for person, _ in checked.refused[:_MOST_NAMED]]
    people = PeopleShown.several(Shows.CLASS, scene.actor.school_id, refused, wish.class_)
    title, words = scene.t("notice-not-possible"), scene.t("class-nobody-allowed")
    return notice(scene, title, words, *why, buttons=(back, another(scene)), people=people)


def _opened(wish: ManyWish) -> dict[str, str]:
    """Of a selection whom and what it was offered for, as presses carry it."""
    return ({"among": ",".join(wish.among)} if wish.among else {}) | ({"lost": "yes"} if wish.lost else {})


def _left_out(scene: Scene, checked: ManyChecked, wish: ManyWish) -> tuple[tuple[str, str], ...]:
    people = (*(person for person, _ in checked.refused), *checked.allowed)
    nameless = scene.t("class-selection-not-in-it" if wish.group else "class-not-in-it")
    names = told_apart(*((one.name or nameless, one.username) for one in people))
    return tuple((name, _why(scene, reason)) for name, (_, reason) in zip(names, checked.refused, strict=False))


def _why(scene: Scene, reason: Reason) -> str:
    """What cannot be put right in a class is done for one student at a time."""
    if reason is Reason.AGE_UNKNOWN:
        return scene.t("class-age-unknown")
    return refusal(Decision(reason), scene.t, scene.language)


def _offered(rows: Sequence[StudentRow]) -> Sequence[StudentRow]:
    if len(rows) <= MOST_STUDENTS:
        return rows
    first = sorted(rows, key=lambda row: not row.anew)[:MOST_STUDENTS]
    kept = {row.person.id for row in first}
    return [row for row in rows if row.person.id in kept]


def _choice(scene: Scene, row: StudentRow, wish: ManyWish | None) -> StudentChoice:
    return StudentChoice(
        id=row.person.id,
        name=row.person.name,
        username=row.person.username,
        status=status_word(row.status, works=row.works),
        under_14=row.under_14,
        ticked=row.anew if wish is None else row.person.id in wish.persons,
        status_at=day(row.changed_at, scene.language),
    )
