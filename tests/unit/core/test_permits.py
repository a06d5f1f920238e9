"""What an actor may do at all, and until when an authority can be given."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from bot.core.actors.deputies import end_of_authority, last_possible
from bot.core.actors.model import Actor, Role
from bot.core.actors.permits import (
    directs,
    may_authorise,
    may_look_up,
    may_request_transfers,
    may_reset_passwords,
    may_see_requests,
)
from bot.core.decision import ALLOWED, Decision, Reason
from tests.properties.strategies import TENANT, school_of

OWN, OTHER = school_of(1), school_of(2)
SOFIA = ZoneInfo("Europe/Sofia")
DIRECTOR = Actor("director", TENANT, Role.DIRECTOR, OWN)
TEACHER = Actor("teacher", TENANT, Role.TEACHER, works_at=(OWN,))
EXPERT = Actor("expert", TENANT, Role.REGIONAL_OFFICE, region="Варна")


@pytest.mark.parametrize(("role", "school", "enabled"), [*product(Role, (OWN, None), (True, False))])
def test_what_a_director_alone_may_nobody_else_does(role, school, enabled):
    actor = replace(DIRECTOR, role=role, school=school, enabled=enabled, deputy_of=OWN, region="Варна")
    may = role is Role.DIRECTOR and school is not None and enabled

    for permit in (may_look_up, may_reset_passwords, may_request_transfers, may_authorise):
        assert permit(actor).allowed == may
    assert directs(actor, OWN.id).allowed == may
    assert not directs(actor, OTHER.id).allowed


@pytest.mark.parametrize(
    ("actor", "decision"),
    [
        (DIRECTOR, ALLOWED),
        (EXPERT, ALLOWED),
        (replace(TEACHER, deputy_of=OWN), ALLOWED),
        (TEACHER, Decision(Reason.TEACHER_REQUESTS)),
        (replace(TEACHER, region="Варна"), Decision(Reason.TEACHER_REQUESTS)),
        (replace(EXPERT, region=""), Decision(Reason.REGION_UNKNOWN)),
        (replace(EXPERT, enabled=False), Decision(Reason.ACCOUNT_DISABLED)),
        (replace(TEACHER, deputy_of=OWN, enabled=False), Decision(Reason.ACCOUNT_DISABLED)),
        (replace(DIRECTOR, school=None), Decision(Reason.SCHOOL_UNKNOWN)),
        (replace(TEACHER, role=Role.STUDENT), Decision(Reason.STUDENT)),
        (replace(TEACHER, role=Role.NONE), Decision(Reason.STRANGER)),
    ],
)
def test_who_has_to_do_with_requests(actor, decision):
    assert may_see_requests(actor) == decision


@pytest.mark.parametrize(
    ("today", "last"),
    [
        (date(2026, 1, 1), date(2026, 8, 31)),
        (date(2026, 8, 31), date(2026, 8, 31)),
        (date(2026, 9, 1), date(2027, 8, 31)),
        (date(2026, 12, 31), date(2027, 8, 31)),
    ],
)
def test_an_authority_ends_with_the_school_year_at_the_latest(today, last):
    assert last_possible(today) == last
    over = datetime.combine(last + timedelta(days=1), datetime.min.time(), SOFIA)
    assert end_of_authority(last, today, SOFIA) == over
    assert end_of_authority(last + timedelta(days=400), today, SOFIA) == over


def test_it_ends_at_midnight_after_its_last_day_in_sofia():
    today = date(2026, 11, 23)
    assert end_of_authority(today, today, SOFIA) == datetime(2026, 11, 23, 22, 0, tzinfo=UTC)
    with pytest.raises(ValueError, match="over before"):
        end_of_authority(today - timedelta(days=1), today, SOFIA)
