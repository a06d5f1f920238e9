from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import get_type_hints

import pytest

import bot
from bot.core.actors.model import Actor, Role
from bot.core.decision import Decision, Reason
from bot.core.people.free_text import FreeText
from bot.core.people.model import Kind, Person
from bot.core.transfers.blind import BlindAppeal, BlindAsked, BlindTransfer, BlindVerdict
from bot.core.transfers.model import OPEN, Appeal, Asked, Basis, Placement, Side, State, Transfer, Verdict
from bot.core.transfers.policy import (
    RELEASED_FOR,
    Choice,
    as_seen_by,
    choices_of,
    form_problem,
    has_moved,
    is_who_asked,
    may_ask_for,
    may_do,
    same_person,
    school_asked,
    side_of,
)
from tests.fakes import NOON
from tests.properties.strategies import TENANT
from tests.unit.core.transfer_world import (
    ASKED,
    ASKER,
    BOTH,
    COLLEAGUE,
    DEPUTY,
    EXPERT,
    HEAD,
    NAMESAKE,
    NEW,
    OLD,
    OTHER_EXPERT,
    SECOND_HEAD,
    SECRETS,
    TEACHER,
    THIRD,
    THIRD_HEAD,
    TRANSFER,
    everything_in,
    pupil,
)

RECEIVING = {
    "who asked": ASKER,
    "who asked, by an id in capitals": replace(ASKER, object_id="ASKER"),
    "a colleague": COLLEAGUE,
    "the director of both schools, for the one that asks": BOTH,
}
ITS_DEPUTY = {"a deputy of the school that asks": replace(TEACHER, deputy_of=NEW)}
RELEASING = {"the head": HEAD, "the second head": SECOND_HEAD, "the deputy": DEPUTY}
THE_ASKER_ELSEWHERE = {
    "a namesake": NAMESAKE,
    "the same account, moved": replace(ASKER, school=OLD),
    "a namesake as deputy": replace(DEPUTY, name=ASKER.name),
}
OFFICE = {"the expert": EXPERT, "an expert of a region in capitals": replace(EXPERT, region="ОБЛАСТ  ВАРНА")}
ASKER_AT_THE_OFFICE = {"a namesake at the office": replace(EXPERT, name=ASKER.name)}
OUTSIDERS = {
    "another school's head": THIRD_HEAD,
    "another region's expert": OTHER_EXPERT,
    "an expert without a region": replace(EXPERT, region=""),
    "a teacher": TEACHER,
    "a student": Actor("student", TENANT, Role.STUDENT, works_at=(OLD,)),
    "a stranger": Actor("stranger", TENANT, Role.NONE),
    "a director without a school": replace(HEAD, school=None),
    "a teacher with a school": replace(TEACHER, school=OLD),
    "a deputy of another school": replace(DEPUTY, deputy_of=THIRD),
    **{
        f"{name}, disabled": replace(one, enabled=False)
        for name, one in {"who asked": ASKER, "the head": HEAD, "the deputy": DEPUTY, "the expert": EXPERT}.items()
    },
}
PEOPLE = RECEIVING | ITS_DEPUTY | RELEASING | THE_ASKER_ELSEWHERE | OFFICE | ASKER_AT_THE_OFFICE | OUTSIDERS

# Columns: approve, refuse, not ours, return, withdraw, retry, take back, appeal. Written down by hand, from the rules in words.
COLUMNS = (
    Choice.APPROVE,
    Choice.REFUSE,
    Choice.NOT_OURS,
    Choice.RETURN,
    Choice.WITHDRAW,
    Choice.RETRY,
    Choice.TAKE_BACK,
    Choice.APPEAL,
)
TABLE = {
    "receiving": "own own own own ok ok own ok",
    "receiving's deputy": "own own own own ok ok own director",
    "receiving, office only": "office office office office ok ok office ok",
    "receiving's deputy, office only": "office office office office ok ok office director",
    "releasing": "ok ok ok - - ok ok -",
    "releasing, office only": "office office office - - ok office -",
    "asker elsewhere": "own own own - - ok own -",
    "asker elsewhere, office only": "office office office - - ok office -",
    "office, early": "early early - early - early early -",
    "office": "ok ok - ok - ok ok -",
    "office, office only": "ok ok - office - ok ok -",
    "asker at the office, early": "own own - own - early own -",
    "asker at the office": "own own - own - ok own -",
    "outsider": "- - - - - - - -",
}
MEANING = {
    "ok": None,
    "-": Reason.NO_REQUEST,
    "own": Reason.OWN_REQUEST,
    "office": Reason.OFFICE_ONLY,
    "early": Reason.TOO_EARLY,
    "director": Reason.TEACHER_REQUESTS,
}
REFUSED = {State.REFUSED, State.NOT_OURS}
EARLY = {State.REQUESTED, State.REMINDED, State.OVERDUE}
NEEDS_WORDS = {
    *(
        (side, choice)
        for side in ("releasing", "office")
        for choice in (Choice.REFUSE, Choice.NOT_OURS, Choice.TAKE_BACK)
    ),
    ("office", Choice.APPROVE),
    ("office", Choice.RETURN),
    ("receiving", Choice.APPEAL),
}


def row_of(name, state, office_only):
    only = ", office only" if office_only else ""
    if name in RECEIVING:
        return f"receiving{only}"
    if name in ITS_DEPUTY:
        return f"receiving's deputy{only}"
    if name in RELEASING:
        return f"releasing{only}"
    if name in THE_ASKER_ELSEWHERE:
        return f"asker elsewhere{only}"
    early = ", early" if state in EARLY else ""
    if name in OFFICE:
        return "office, office only" if office_only and not early else f"office{early}"
    if name in ASKER_AT_THE_OFFICE:
        return f"asker at the office{early}"
    return "outsider"


def stood(state, *, office_only=False):
    return replace(TRANSFER, state=state, asked=replace(ASKED, office_only=office_only))


@pytest.mark.parametrize("name", PEOPLE)
def test_everybody_may_do_what_the_table_says_in_every_state(name):
    for state, office_only in product(State, (False, True)):
        row = row_of(name, state, office_only)
        for choice, cell in zip(COLUMNS, TABLE[row].split(), strict=True):
            decision = may_do(PEOPLE[name], stood(state, office_only=office_only), choice, NOON, reason="причина")
            assert decision.denied_because is MEANING[cell], (state, office_only, choice)


@pytest.mark.parametrize("blank", ["", "   ", "12345", "…!?", "\u200b"])
@pytest.mark.parametrize("name", RELEASING | OFFICE | {"who asked": ASKER})
def test_words_are_needed_for_all_but_the_approval_of_the_school_that_is_asked(name, blank):
    for choice in Choice:
        transfer = stood(State.ESCALATED)
        with_words = may_do(PEOPLE[name], transfer, choice, NOON, reason="ученикът учи тук").denied_because
        side = "office" if name in OFFICE else "releasing" if name in RELEASING else "receiving"
        expected = Reason.REASON_MISSING if with_words is None and (side, choice) in NEEDS_WORDS else with_words
        assert may_do(PEOPLE[name], transfer, choice, NOON, reason=blank).denied_because is expected, choice


def test_nobody_needs_words_to_withdraw_or_to_have_it_tried_again():
    for name, choice in product(PEOPLE, (Choice.WITHDRAW, Choice.RETRY)):
        for state in State:
            with_words = may_do(PEOPLE[name], stood(state), choice, NOON, reason="причина")
            assert may_do(PEOPLE[name], stood(state), choice, NOON, reason="") == with_words


def refused(state=State.REFUSED, as_=Side.RELEASING, appeal=None):
    return replace(decided(as_), state=state, appeal=appeal)


APPEAL = Appeal("asker", "Юлия Иванова Щерева", ASKED.at, State.REFUSED, FreeText("причина за отнасянето"))


@pytest.mark.parametrize("name", PEOPLE)
def test_a_refusal_is_brought_before_the_office_once_and_never_one_of_the_office_itself(name):
    for state in REFUSED:
        again = refused(state, appeal=APPEAL), refused(state, Side.OFFICE)
        assert (Choice.APPEAL in choices_of(PEOPLE[name], refused(state), NOON)) is (name in RECEIVING)
        for transfer in again:
            assert choices_of(PEOPLE[name], transfer, NOON) == ()
            if name in RECEIVING:
                denied = may_do(PEOPLE[name], transfer, Choice.APPEAL, NOON, reason="причина")
                assert denied.denied_because is Reason.APPEALED


@pytest.mark.parametrize("name", RELEASING)
def test_a_school_whose_refusal_is_before_the_office_may_give_way_and_not_refuse_again(name):
    before_the_office = refused(State.ESCALATED, appeal=APPEAL)
    assert choices_of(PEOPLE[name], before_the_office, NOON) == (Choice.APPROVE,)
    for choice in (Choice.REFUSE, Choice.NOT_OURS):
        assert may_do(PEOPLE[name], before_the_office, choice, NOON, reason="пак").denied_because is Reason.APPEALED
    returned = refused(State.REQUESTED, Side.OFFICE, APPEAL)
    assert choices_of(PEOPLE[name], returned, NOON) == (Choice.APPROVE, Choice.REFUSE, Choice.NOT_OURS)


def test_the_office_decides_about_a_refusal_as_about_what_is_late():
    assert choices_of(EXPERT, refused(State.ESCALATED, appeal=APPEAL), NOON) == choices_of(
        EXPERT, stood(State.ESCALATED), NOON
    )


def approved(as_=Side.RELEASING, *, appeal=None, office_only=False):
    """Approved at noon, and not carried out."""
    transfer = replace(decided(as_), state=State.NEEDS_ATTENTION, appeal=appeal)
    return replace(transfer, asked=replace(ASKED, office_only=office_only))


@pytest.mark.parametrize("office_only", [False, True])
@pytest.mark.parametrize("name", PEOPLE)
def test_after_a_fortnight_only_who_could_approve_anew_may_have_an_approval_tried_again(name, office_only):
    transfer = approved(office_only=office_only)
    over = transfer.verdict.at + RELEASED_FOR
    concerned = name not in OUTSIDERS
    decides = name in OFFICE or (name in RELEASING and not office_only)

    before = choices_of(PEOPLE[name], transfer, over - timedelta(milliseconds=1))
    assert (Choice.RETRY in before) is concerned
    assert (Choice.RETRY in choices_of(PEOPLE[name], transfer, over)) is decides
    denied = may_do(PEOPLE[name], transfer, Choice.RETRY, over, reason="").denied_because
    assert denied is (None if decides else Reason.APPROVAL_OLD if concerned else Reason.NO_REQUEST)


@pytest.mark.parametrize("name", RELEASING)
def test_a_school_takes_back_its_own_approval_and_none_to_which_it_gave_way(name):
    for transfer, reason in (
        (approved(), None),
        (approved(Side.OFFICE), Reason.OFFICE_ONLY),
        (approved(appeal=APPEAL), Reason.APPEALED),
        (approved(office_only=True), Reason.OFFICE_ONLY),
    ):
        assert may_do(PEOPLE[name], transfer, Choice.TAKE_BACK, NOON, reason="по телефона").denied_because is reason
        assert may_do(EXPERT, transfer, Choice.TAKE_BACK, NOON, reason="по телефона").allowed


OFFERED: dict[str, set[Choice]] = {
    "receiving": {Choice.WITHDRAW},
    "receiving's deputy": {Choice.WITHDRAW},
    "releasing": {Choice.APPROVE, Choice.REFUSE, Choice.NOT_OURS},
    "releasing, office only": set(),
    "asker elsewhere": set(),
    "office, early": set(),
    "office": {Choice.APPROVE, Choice.REFUSE, Choice.RETURN},
    "office, office only": {Choice.APPROVE, Choice.REFUSE},
    "asker at the office, early": set(),
    "asker at the office": set(),
    "outsider": set(),
}
IN_NEED: dict[str, set[Choice]] = {
    "receiving": {Choice.WITHDRAW, Choice.RETRY},
    "receiving's deputy": {Choice.WITHDRAW, Choice.RETRY},
    "releasing": {Choice.RETRY, Choice.TAKE_BACK},
    "office": {Choice.RETRY, Choice.TAKE_BACK},
    "office, office only": {Choice.RETRY, Choice.TAKE_BACK},
    "outsider": set(),
}
"""What is offered of a request that needs attention; all others may have it tried again."""


@pytest.mark.parametrize("name", PEOPLE)
def test_everybody_is_offered_what_has_a_place_and_nothing_else(name):
    for state, office_only in product(State, (False, True)):
        offered = choices_of(PEOPLE[name], stood(state, office_only=office_only), NOON)
        row = row_of(name, state, office_only)
        if state in OPEN:
            expected = OFFERED[row] if row in OFFERED else OFFERED[row.removesuffix(", office only")]
        elif state is State.NEEDS_ATTENTION:
            of_side = row.removesuffix(", office only") if row.startswith("receiving") else row
            expected = IN_NEED.get(of_side, {Choice.RETRY})
        elif state in REFUSED and row.startswith("receiving") and "deputy" not in row:
            expected = {Choice.APPEAL}
        else:
            expected = set()
        assert set(offered) == expected, (state, office_only)
        assert list(offered) == sorted(offered, key=list(Choice).index)


@pytest.mark.parametrize("name", PEOPLE)
def test_everybody_is_on_the_side_of_the_own_school_or_region(name):
    sides = {Side.RECEIVING: RECEIVING | ITS_DEPUTY, Side.RELEASING: RELEASING | THE_ASKER_ELSEWHERE}
    sides[Side.OFFICE] = OFFICE | ASKER_AT_THE_OFFICE
    expected = next((side for side, names in sides.items() if name in names), None)

    assert side_of(PEOPLE[name], TRANSFER) is expected


@pytest.mark.parametrize(
    ("expert", "school", "same"),
    [
        ("Варна", "Варна", True),
        ("варна", "ВАРНА", True),
        ("област Варна", "Варна", True),
        ("Варна", "Област Варна", True),
        ("Варна област", "Варна", True),
        ("  Велико \u00a0 Търново ", "Велико Търново", True),
        ("София-град", "София - град", True),
        ("София–град", "София-град", True),
        ("София-град", "Област София-град", True),
        ("София-област", "София - област", True),
        ("София-област", "София област", True),
        ("София-област", "СОФИЯ-ОБЛАСТ", True),
        ("София-град", "София-област", False),
        ("София-област", "София-град", False),
        ("София-област", "София", False),
        ("Варна", "Видин", False),
        ("Варна", "", False),
        ("", "Варна", False),
        ("", "", False),
        (" ", "", False),
        ("област", "", False),
        ("област", " ", False),
        ("-", "", False),
    ],
)
def test_a_region_is_the_same_however_it_is_spelt_and_none_is_nobodys(expert, school, same):
    asked = replace(ASKED, releasing=replace(OLD, region=school))

    side = side_of(replace(EXPERT, region=expert), replace(TRANSFER, asked=asked))

    assert side is (Side.OFFICE if same else None)


def test_the_office_is_that_of_the_school_that_is_asked():
    assert NEW.region != OLD.region
    assert side_of(OTHER_EXPERT, TRANSFER) is None
    assert side_of(EXPERT, TRANSFER) is Side.OFFICE


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Юлия Иванова Щерева", "Юлия Иванова Щерева", True),
        ("Юлия Иванова Щерева", " ЮЛИЯ  ИВАНОВА\tЩЕРЕВА ", True),
        ("Юлия Иванова Щерева", "Юлия Петрова Щерева", False),
        ("Юлия Иванова Щерева", "Юлия Щерева", False),
        ("Юлия Щерева", "Юлия Щерева", False),
        ("Директор", "Директор", False),
        ("", "", False),
        ("Юлия Иванова Щерева Цанкова", "Юлия Иванова Щерева", False),
    ],
)
def test_only_three_equal_names_are_one_person(one, other, same):
    assert same_person(one, other) is same
    assert same_person(other, one) is same
    assert is_who_asked(replace(HEAD, name=one), replace(ASKED, actor_name=other)) is same


# Asking

AWAY = Placement(pupil(), (), ordinary=True)


@pytest.mark.parametrize(
    ("actor", "school", "placement", "reason"),
    [
        (ASKER, NEW.id, AWAY, None),
        (BOTH, NEW.id, AWAY, None),
        (ASKER, OLD.id, AWAY, Reason.SCHOOL_CHANGED),
        (ASKER, "", AWAY, Reason.SCHOOL_CHANGED),
        (ASKER, NEW.id, None, Reason.NOBODY),
        (ASKER, NEW.id, Placement(pupil(kind=Kind.TEACHER), (), ordinary=True), Reason.NOT_A_STUDENT),
        (ASKER, NEW.id, Placement(pupil(kind=Kind.OTHER), (), ordinary=True), Reason.NOT_A_STUDENT),
        (ASKER, NEW.id, Placement(pupil(schools=(NEW,)), (), ordinary=True), Reason.ALREADY_HERE),
        (ASKER, NEW.id, Placement(pupil(schools=(OLD, NEW)), (), ordinary=True), Reason.ALREADY_HERE),
        (ASKER, NEW.id, Placement(pupil(), (), ordinary=False), Reason.NOT_MOVABLE),
        (ASKER, NEW.id, Placement(pupil(schools=()), (), ordinary=True), Reason.NO_PRESENT_SCHOOL),
        (ASKER, NEW.id, Placement(pupil(schools=(OLD, THIRD)), (), ordinary=True), None),
        (replace(ASKER, enabled=False), NEW.id, AWAY, Reason.ACCOUNT_DISABLED),
        (replace(ASKER, school=None), NEW.id, AWAY, Reason.SCHOOL_UNKNOWN),
        (DEPUTY, OLD.id, AWAY, Reason.TEACHER_REQUESTS),
        (TEACHER, OLD.id, AWAY, Reason.TEACHER_REQUESTS),
        (EXPERT, NEW.id, AWAY, Reason.REGIONAL_OFFICE),
        (Actor("s", TENANT, Role.STUDENT), NEW.id, AWAY, Reason.STUDENT),
        (Actor("n", TENANT, Role.NONE), NEW.id, AWAY, Reason.STRANGER),
    ],
)
def test_only_a_director_asks_and_only_for_a_student_of_another_school(actor, school, placement, reason):
    assert may_ask_for(actor, school, placement).denied_because is reason


def test_the_school_asked_is_the_only_one_or_the_chosen_one_of_several():
    several = Placement(pupil(schools=(OLD, THIRD)), (), ordinary=True)

    assert school_asked(AWAY, "") == OLD
    assert school_asked(several, THIRD.id) == THIRD
    for chosen in ("", NEW.id, "nowhere"):
        assert school_asked(several, chosen) == Decision(Reason.WHICH_SCHOOL)


def test_a_student_has_moved_who_is_in_other_schools_and_not_in_the_one_that_is_asked():
    assert not has_moved(ASKED, (THIRD.id, OLD.id))
    assert has_moved(ASKED, (THIRD.id, NEW.id))
    assert not has_moved(ASKED, ()), "discharged first, and enrolled nowhere yet"


TODAY = date(2026, 11, 23)
FORM = {
    "basis": Basis.APPLICATION,
    "basis_text": "",
    "to_class": "8 а",
    "classes": ("6 а", "8 а"),
    "issued": None,
    "today": TODAY,
}


@pytest.mark.parametrize(
    ("over", "reason"),
    [
        ({}, None),
        ({"basis": Basis.ENROLLED}, None),
        ({"basis": Basis.OTHER, "basis_text": "по съдебно решение"}, None),
        ({"basis": Basis.OTHER}, Reason.REASON_MISSING),
        ({"basis": Basis.OTHER, "basis_text": " 12 … "}, Reason.REASON_MISSING),
        ({"basis": None}, Reason.REASON_MISSING),
        ({"to_class": ""}, Reason.CLASS_MISSING),
        ({"to_class": "9 я"}, Reason.CLASS_MISSING),
        ({"to_class": "", "classes": ()}, None),
        ({"to_class": "9 я", "classes": ()}, None),
        ({"issued": TODAY}, None),
        ({"issued": TODAY - timedelta(days=400)}, None),
        ({"issued": TODAY + timedelta(days=1)}, Reason.CERTIFICATE_DATE),
        ({"issued": TODAY + timedelta(days=1), "to_class": ""}, Reason.CLASS_MISSING),
    ],
)
def test_what_is_missing_in_the_form_is_said(over, reason):
    assert form_problem(**(FORM | over)).denied_because is reason


# Seeing


def decided(as_, reason="причина за отказа", where="в Тайна Тайнова"):
    return replace(TRANSFER, verdict=Verdict("head", "Явор Явор Шишков", as_, ASKED.at, reason, where))


BLIND = (BlindTransfer, BlindAsked, BlindVerdict, BlindAppeal)


@pytest.mark.parametrize("as_", Side)
def test_the_office_sees_no_student_and_no_words_about_one(as_):
    """Not those of its own experts either: who has opened the request may have named the child."""
    seen = as_seen_by(Side.OFFICE, decided(as_))

    found = everything_in(seen)
    assert not [word for word in (*SECRETS, ASKED.person) if word in found]
    assert (seen.id, seen.number, seen.state, seen.asked.releasing) == ("press-1", 1, State.REQUESTED, OLD)
    assert seen.verdict is not None
    assert (seen.verdict.by_name, seen.verdict.as_) == ("Явор Явор Шишков", as_)


def test_the_office_sees_that_a_refusal_was_brought_before_it_and_not_in_which_words():
    seen = as_seen_by(Side.OFFICE, refused(State.ESCALATED, appeal=APPEAL))

    assert seen.appeal == BlindAppeal(APPEAL.by_name, APPEAL.at, State.REFUSED)
    assert "отнасянето" not in everything_in(seen)


def test_a_request_without_its_student_has_no_place_for_one_nor_for_anybodys_words():
    """Every text in it is a number, a name of an official or of a school: a new field must be thought about here."""
    texts = {
        f"{kind.__name__}.{name}" for kind in BLIND for name, hint in get_type_hints(kind).items() if hint is str
    }
    others = {hint for kind in BLIND for hint in get_type_hints(kind).values()}

    assert texts == {"BlindTransfer.id", "BlindAsked.actor_name", "BlindVerdict.by_name", "BlindAppeal.by_name"}
    assert not {Transfer, Asked, Verdict, Appeal, Person} & others


def test_only_one_question_gives_a_request_with_its_student_away():
    """A bare `Transfer` is none that a view takes, and what makes it one is called in the policy alone."""
    rooms = Path(bot.__path__[0])
    callers = [path for path in rooms.rglob("*.py") if "WholeTransfer(" in path.read_text("utf-8")]

    assert [path.relative_to(rooms).as_posix() for path in callers] == ["core/transfers/policy.py"]


def test_an_opened_request_is_shown_whole():
    assert as_seen_by(Side.OFFICE, decided(Side.RELEASING), opened=True) == decided(Side.RELEASING)


@pytest.mark.parametrize("side", [Side.RECEIVING, Side.RELEASING])
def test_both_schools_see_all_of_it(side):
    assert as_seen_by(side, decided(Side.RELEASING)) == decided(Side.RELEASING)


def test_nothing_personal_is_in_what_a_log_may_show():
    found = repr(decided(Side.RELEASING))

    assert not [word for word in SECRETS if word not in {"5 б", "8 а", "УП-17"} and word in found]
