"""The school's own students of a grade of intake: how many, how far, and their usernames."""

from collections.abc import Iterator, Sequence

from bot.conversation import Action, PeopleShown, Reply, Shows
from bot.core.accounts.board import Board, Counts, counted
from bot.core.accounts.model import BoardPerson, BoardState, BoardTiming
from bot.core.accounts.states import is_new
from bot.core.decision import Decision
from bot.core.intake.season import GRADES, Season
from bot.core.people.classes import grade_of_class
from bot.core.people.model import Kind
from bot.dialogs.dialog import Handler, Scene
from bot.dialogs.intake.cases import IntakeCases
from bot.dialogs.intake.words import closed_word, grade_word, lead_word
from bot.dialogs.menu import denied
from bot.dialogs.paging import Page
from bot.presser import FORM_LIFETIME
from bot.texts.moments import moment
from cards.accounts import PartRow
from cards.actions import Button, Press
from cards.intake import MOST_STUDENTS, IntakeStudent, intake_card, intake_students_card

MOST_AT_ONCE = 40
"""Students in one form of passwords; the others follow when these have theirs."""

_STYLES = {
    BoardState.NEW: "warning",
    BoardState.UNTOLD: "warning",
    BoardState.HANDED: "accent",
    BoardState.IN_USE: "good",
    BoardState.CHANGED: "good",
    BoardState.TWO: "attention",
}


async def open_(cases: IntakeCases, scene: Scene) -> Reply:
    """The grades of intake with the own students of each, and the way to others."""
    seen = await cases.show(scene.actor)
    return denied(scene, seen) if isinstance(seen, Decision) else overview(scene, seen, cases.limits.season)


async def grade(cases: IntakeCases, scene: Scene) -> Reply:
    """A page of the own students of a grade."""
    seen = await cases.show(scene.actor)
    if isinstance(seen, Decision):
        return denied(scene, seen)
    chosen = scene.action.id("grade")
    if chosen not in GRADES:
        return overview(scene, seen, cases.limits.season)
    return of_grade(scene, seen, cases.timing, cases.limits.season, chosen, number=scene.action.number("page"))


def follows(action: Action) -> Handler[IntakeCases] | None:
    """A school that is looked at for the first time takes longer than a turn. The overview names nobody."""
    return open_ if action.verb in {"intake.open", "intake.grade"} else None


def overview(scene: Scene, seen: Board, season: Season) -> Reply:
    """The grades, and who is in no class yet: before the year begins that is most of them."""
    t = scene.t
    opens = season.open_on(scene.today)
    card = intake_card(
        t,
        school=seen.school.name,
        lead=lead_word(season, scene.today, t, scene.language) if opens else "",
        notice="" if opens else closed_word(season, scene.today, t, scene.language),
        grades=(*_grades(scene, seen), *_without_class(scene, seen)),
        buttons=(*(_others(scene) if opens else ()), *_to_board(scene)),
    )
    return Reply(card=card)


def of_grade(
    scene: Scene, seen: Board, timing: BoardTiming, season: Season, chosen: str, *, number: int = 0
) -> Reply:
    """A page of the students of a grade, by class and name as on the board."""
    t = scene.t
    people = _of(seen, chosen)
    page = Page.of(people, MOST_STUDENTS, number)
    at = "" if seen.at is None else t("accounts-as-of", at=moment(seen.at, scene.language))
    others = _others(scene, chosen) if season.open_on(scene.today) else ()
    card = intake_students_card(
        t,
        title=grade_word(chosen, t),
        lead=" · ".join(filter(None, (_told(counted(people), scene) if people else "", at))),
        students=tuple(_student(scene, one, timing, chosen) for one in page.some),
        page_note=page.note(t),
        buttons=(
            *others,
            *_slips(scene, chosen, people),
            *page.ways(t, lambda to: _grade_press(scene, chosen, to)),
            Button(t("intake-back"), scene.press("intake.open")),
        ),
    )
    shown = PeopleShown.several(Shows.ACCOUNTS, seen.school.id, [one.id for one in page.some], chosen)
    return Reply(card=card, people=shown if page.some else None)


def _of(seen: Board, chosen: str) -> tuple[BoardPerson, ...]:
    return tuple(one for one in seen.people if one.kind is Kind.STUDENT and _grade(one) == chosen)


def _grade(one: BoardPerson) -> str:
    """Of its class; a bare number is what the directory calls the grade."""
    return grade_of_class(one.class_) or (one.class_ if one.class_.isdecimal() else "")


def _grades(scene: Scene, seen: Board) -> Iterator[PartRow]:
    """Only those in which somebody is."""
    for chosen in GRADES:
        people = _of(seen, chosen)
        if people:
            title = scene.t("intake-grade-count", grade=grade_word(chosen, scene.t), count=len(people))
            yield _row(scene, title, people, _grade_press(scene, chosen))


def _without_class(scene: Scene, seen: Board) -> Iterator[PartRow]:
    """Leads to the board, which has a list of them."""
    people = seen.of_class("")
    entry = scene.to("accounts.list", scene.t("accounts-no-class"), ids={"what": "class:", "page": "0"})
    if people and entry:
        title = scene.t("intake-grade-count", grade=scene.t("accounts-no-class"), count=len(people))
        yield _row(scene, title, people, entry[0].press)


def _row(scene: Scene, title: str, people: Sequence[BoardPerson], press: Press) -> PartRow:
    counts = counted(people)
    return PartRow(
        title, _told(counts, scene), press, "warning" if counts.left else "good" if counts.of else "default"
    )


def _told(counts: Counts, scene: Scene) -> str:
    if not counts.of:
        return scene.t("accounts-part-none", all=counts.all)
    return scene.t("accounts-part", handed=counts.handed, of=counts.of)


def _student(scene: Scene, one: BoardPerson, timing: BoardTiming, chosen: str) -> IntakeStudent:
    """A press leads to the person's place on the board, with what is to be done."""
    ids = {"person": one.id, "what": f"class:{one.class_}", "page": "0"}
    entry = scene.to("accounts.person", one.name, ids=ids)
    press = entry[0].press if entry else _grade_press(scene, chosen)
    new = one.state is not BoardState.NEW or is_new(one.row.account, scene.now, timing)
    state = scene.t(f"account-state-{one.state}" if new else "account-state-not-handed")
    return IntakeStudent(
        one.name, one.class_, one.row.account.username, state, press, _STYLES.get(one.state, "emphasis")
    )


def _slips(scene: Scene, chosen: str, people: Sequence[BoardPerson]) -> tuple[Button, ...]:
    """To the form of passwords for those who have none yet, by the slips they are handed."""
    some = [one.id for one in people if one.state is BoardState.NEW][:MOST_AT_ONCE]
    if not some:
        return ()
    ids = {"class": grade_word(chosen, scene.t), "among": ",".join(some)}
    return scene.to("class.students", scene.t("handing-slips"), FORM_LIFETIME, ids=ids)


def _grade_press(scene: Scene, chosen: str, page: int = 0) -> Press:
    return scene.press("intake.grade", ids={"grade": chosen, "page": str(page)})


def _others(scene: Scene, chosen: str = "") -> tuple[Button, ...]:
    press = scene.press("intake.form", FORM_LIFETIME, ids={"grade": chosen} if chosen else None)
    return (Button(scene.t("intake-others"), press, "positive"),)


def _to_board(scene: Scene) -> tuple[Button, ...]:
    return scene.to("accounts.open", scene.t("accounts-back"))
