"""Who sees links, in whose name somebody acts, and what helps against a state."""

from dataclasses import replace
from itertools import product

import pytest

from bot.core.actors.model import Actor, Role
from bot.core.class_links.model import REMEDIES, Link, LinkState, Remedy
from bot.core.class_links.policy import directed_school, local_part, may_mend, may_see_links, remedy_for
from bot.core.decision import ALLOWED, Decision, Reason
from tests.properties.strategies import TENANT, school_of

OWN, OTHER = school_of(1), school_of(2)
DIRECTOR = Actor("director", TENANT, Role.DIRECTOR, OWN, username="2990001@edu.mon.bg")
TEACHER = Actor("teacher", TENANT, Role.TEACHER, works_at=(OWN,), username="a.b@edu.mon.bg")


@pytest.mark.parametrize(("role", "school", "enabled"), [*product(Role, (OWN, None), (True, False))])
def test_only_an_enabled_director_acts_in_the_name_of_a_school_the_own(role, school, enabled):
    actor = replace(DIRECTOR, role=role, school=school, enabled=enabled)
    may = role is Role.DIRECTOR and school is not None and enabled

    assert (directed_school(actor) == OWN) == may
    assert may_mend(actor, OWN.id).allowed == may
    assert not may_mend(actor, OTHER.id).allowed
    if not may:
        assert isinstance(directed_school(actor), Decision)


@pytest.mark.parametrize(
    ("actor", "decision"),
    [
        (DIRECTOR, ALLOWED),
        (TEACHER, ALLOWED),
        (replace(TEACHER, works_at=()), Decision(Reason.TEACHER_WITHOUT_SCHOOL)),
        (replace(TEACHER, username=""), Decision(Reason.TEACHER_WITHOUT_SCHOOL)),
        (replace(TEACHER, enabled=False), Decision(Reason.ACCOUNT_DISABLED)),
        (replace(DIRECTOR, enabled=False), Decision(Reason.ACCOUNT_DISABLED)),
        (replace(DIRECTOR, school=None), Decision(Reason.SCHOOL_UNKNOWN)),
        (replace(TEACHER, role=Role.STUDENT), Decision(Reason.STUDENT)),
        (replace(TEACHER, role=Role.REGIONAL_OFFICE), Decision(Reason.OFFICE_CLASSROOMS)),
        (replace(TEACHER, role=Role.REGIONAL_OFFICE, enabled=False), Decision(Reason.ACCOUNT_DISABLED)),
        (replace(TEACHER, role=Role.NONE), Decision(Reason.STRANGER)),
    ],
)
def test_who_sees_links(actor, decision):
    assert may_see_links(actor) == decision


@pytest.mark.parametrize("state", LinkState)
def test_each_state_has_its_remedy_but_nobody_is_made_owner_of_a_class_without_a_teacher(state):
    link = Link("101", "Музика - 5 б", "a.b", state)
    helps = REMEDIES.get(state)

    assert remedy_for(link) is helps
    assert remedy_for(replace(link, teacher="")) is (None if helps is Remedy.ADD_OWNER else helps)


def test_lists_name_people_by_the_first_part_in_small_letters():
    assert local_part("A.B@edu.mon.bg") == "a.b"
    assert local_part("a.b") == "a.b"
