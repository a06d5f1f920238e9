"""Whose password may be set by whom: every cell of the table, against an oracle that knows nothing of the policy."""

from collections import Counter
from itertools import product
from typing import Any

import pytest

from bot.core.actors.model import Actor, Role
from bot.core.actors.permits import may_look_up, may_reset_passwords
from bot.core.decision import Decision, Reason
from bot.core.passwords.model import AccountFacts
from bot.core.passwords.policy import may_reset
from bot.core.people.model import AccountState, Kind, Person
from tests.properties.strategies import TENANT, school_of

OWN, OTHER, THIRD = school_of(1), school_of(2), school_of(3)
ACTOR_ID = "0a0a0a0a-0000-4000-8000-00000000000a"
RELATIONS = {"own": (OWN,), "other": (OTHER,), "both": (OTHER, OWN), "none": ()}
USERNAMES = ("xy01234567@edu.mon.bg", "2990001@edu.mon.bg", "yulia.shtereva2@edu.mon.bg")
RELEASES = (None, OTHER.id, THIRD.id)
EXTENSION_ROLES = (
    None, "", "5", "6", "8", " 6 ",
    "0", "1", "2", "7", "9", "13", "14", "18", "3", "06", "-5", "56", "учител", "директор", "٦",
)  # fmt: skip
NUMBERS_OF_ORDINARY_PEOPLE = "teacher=5 student=6 class-teacher=8"

ACTOR_REFUSED = {
    # (role, enabled, has a school) -> why; a cell that is not here is permitted.
    **{(role, False, school): Reason.ACCOUNT_DISABLED for role in Role for school in (True, False)},
    **{(Role.TEACHER, True, school): Reason.TEACHER for school in (True, False)},
    **{(Role.STUDENT, True, school): Reason.STUDENT for school in (True, False)},
    **{(Role.REGIONAL_OFFICE, True, school): Reason.REGIONAL_OFFICE for school in (True, False)},
    **{(Role.NONE, True, school): Reason.STRANGER for school in (True, False)},
    (Role.DIRECTOR, True, False): Reason.SCHOOL_UNKNOWN,
}
RANK = (Reason.SELF, Reason.NOT_OURS, Reason.PROTECTED, Reason.ACCOUNT_OFF)
"""Of several reasons the first is given."""

ACTORS = [
    Actor(ACTOR_ID, TENANT, role, OWN if school else None, enabled)
    for role, enabled, school in product(Role, (True, False), (True, False))
]


def key(actor):
    return actor.role, actor.enabled, actor.school is not None


def cells():
    """Every kind of account, and what the oracle finds wrong with it."""
    flags = tuple(product((False, True), repeat=4))
    cells = product(RELATIONS, RELEASES, Kind, AccountState, EXTENSION_ROLES, USERNAMES)
    for relation, released_by, kind, state, role, username in cells:
        for privileged, guest, synchronised, self_ in flags:
            wrong = set()
            if self_:
                wrong.add(Reason.SELF)
            still = {"other": (OTHER.id,), "none": (OTHER.id, THIRD.id)}
            if relation in still and (kind.value != "student" or released_by not in still[relation]):
                wrong.add(Reason.NOT_OURS)
            if state.value == "disabled":
                wrong.add(Reason.ACCOUNT_OFF)
            ordinary = not role or f"={role.strip()} " in NUMBERS_OF_ORDINARY_PEOPLE + " "
            somebody = kind.value in {"student", "teacher"} and not username.startswith("2990001@")
            if [ordinary, somebody, privileged, guest, synchronised] != [True, True, False, False, False]:
                wrong.add(Reason.PROTECTED)
            person = Person(
                id=ACTOR_ID.upper() if self_ else "person",
                name="Юлия Щерева",
                username=username,
                kind=kind,
                state=state,
                schools=RELATIONS[relation],
            )
            facts = AccountFacts(person, role, privileged, guest, synchronised, None)
            yield facts, released_by, next((reason for reason in RANK if reason in wrong), None)


def test_every_actor_and_every_account():
    met: Counter[Reason | None] = Counter()
    (director,) = (actor for actor in ACTORS if key(actor) not in ACTOR_REFUSED)
    refusals = [(actor, Decision(ACTOR_REFUSED[key(actor)])) for actor in ACTORS if actor is not director]
    assert (director.role, director.enabled, director.school) == (Role.DIRECTOR, True, OWN)
    for facts, released_by, expected in cells():
        decision = may_reset(director, facts, released_by=released_by, decides_for=())
        assert decision == Decision(expected), (facts, released_by)
        met[expected] += 1
        for actor, refusal in refusals:  # whoever is refused is refused whatever the account is
            assert may_reset(actor, facts, released_by=released_by, decides_for={OTHER.id}) == refusal, (actor, facts)
    size = (
        len(RELATIONS) * len(Kind) * len(AccountState) * len(EXTENSION_ROLES) * len(USERNAMES) * 2**4 * len(RELEASES)
    )
    assert met.total() == size
    # 2 kinds of people x 2 usable states x 6 ordinary roles x 2 names; of the own school whoever released them, and
    # students of the school that released them, or of none.
    assert met[None] == 2 * 2 * 6 * 2 * (2 * 3) + 1 * 2 * 6 * 2 * (1 + 2)
    assert set(met) == {None, *RANK}


@pytest.mark.parametrize(
    "actor", ACTORS, ids=lambda actor: f"{actor.role}-{actor.enabled}-{actor.school is not None}"
)
@pytest.mark.parametrize("permit", [may_look_up, may_reset_passwords])
def test_what_each_actor_may_at_all(permit, actor):
    assert permit(actor) == Decision(ACTOR_REFUSED.get(key(actor)))


ORDINARY: dict[str, Any] = {
    "extension_role": "6",
    "privileged": False,
    "guest": False,
    "synchronised": False,
    "password_changed_at": None,
}


@pytest.mark.parametrize(
    ("person", "over", "released_by", "reason"),
    [
        ({}, {}, None, None),
        ({"kind": Kind.TEACHER}, {"extension_role": "8"}, None, None),
        ({"kind": Kind.TEACHER}, {"extension_role": None}, None, None),
        ({"state": AccountState.BEING_CREATED}, {}, None, None),
        ({"schools": (OTHER,)}, {}, OTHER.id, None),
        ({"schools": ()}, {}, OTHER.id, None),
        ({"schools": (OTHER,)}, {}, THIRD.id, Reason.NOT_OURS),
        ({"schools": (OTHER, THIRD)}, {}, THIRD.id, None),
        ({"schools": (OTHER,)}, {}, None, Reason.NOT_OURS),
        ({"schools": (OTHER,), "kind": Kind.TEACHER}, {"extension_role": "5"}, OTHER.id, Reason.NOT_OURS),
        ({"schools": (OTHER,), "state": AccountState.DISABLED}, {"privileged": True}, None, Reason.NOT_OURS),
        ({"id": ACTOR_ID}, {}, None, Reason.SELF),
        ({"id": ACTOR_ID, "schools": ()}, {"extension_role": "0"}, None, Reason.SELF),
        ({}, {"extension_role": "0"}, None, Reason.PROTECTED),
        ({}, {"extension_role": "7"}, None, Reason.PROTECTED),
        ({}, {"privileged": True}, None, Reason.PROTECTED),
        ({}, {"guest": True}, None, Reason.PROTECTED),
        ({}, {"synchronised": True}, None, Reason.PROTECTED),
        ({"kind": Kind.OTHER}, {}, None, Reason.PROTECTED),
        ({"username": "2990001@edu.mon.bg"}, {}, None, Reason.PROTECTED),
        ({"state": AccountState.DISABLED}, {"guest": True}, None, Reason.PROTECTED),
        ({"state": AccountState.DISABLED}, {}, None, Reason.ACCOUNT_OFF),
    ],
)
def test_the_table_in_words(person, over, released_by, reason):
    director = Actor(ACTOR_ID, TENANT, Role.DIRECTOR, OWN)
    ordinary = {
        "id": "person",
        "name": "Явор Зидаров",
        "username": "yz01234567@edu.mon.bg",
        "kind": Kind.STUDENT,
        "state": AccountState.ACTIVE,
        "schools": (OWN,),
    }

    account = AccountFacts(Person(**ordinary | person), **ORDINARY | over)

    decision = may_reset(director, account, released_by=released_by, decides_for=())

    assert decision == Decision(reason)


@pytest.mark.parametrize("state", AccountState)
@pytest.mark.parametrize("kind", [Kind.TEACHER, Kind.STUDENT])
@pytest.mark.parametrize("decides_for", [(), (OWN.id,), (OTHER.id,), (OWN.id, OTHER.id)])
@pytest.mark.parametrize("relation", RELATIONS)
def test_who_decides_for_another_school_they_work_at_is_for_its_director(relation, decides_for, kind, state):
    """And nobody gains by it: what is refused without an authority is refused with one, for the same reason."""
    director = Actor(ACTOR_ID, TENANT, Role.DIRECTOR, OWN)
    person = Person("person", "Явор Зидаров", "y.z@edu.mon.bg", kind, state, RELATIONS[relation])
    facts = AccountFacts(person, **ORDINARY | {"extension_role": "5"})

    without = may_reset(director, facts, released_by=None, decides_for=())
    decision = may_reset(director, facts, released_by=None, decides_for=decides_for)

    elsewhere = relation == "both" and OTHER.id in decides_for
    assert decision == (Decision(Reason.DECIDES_ELSEWHERE) if elsewhere else without)
