from itertools import product

import pytest

from bot.core.transfers.model import CLOSED, OPEN, UNDER_WAY, UNFINISHED, State
from bot.core.transfers.states import WAYS, Act, after

S, A = State, Act

EXPECTED = """
    requested        remind     reminded
    requested        fall-due   overdue
    reminded         fall-due   overdue
    requested        escalate   escalated
    reminded         escalate   escalated
    overdue          escalate   escalated
    escalated        return     requested
    refused          appeal     escalated
    not-ours         appeal     escalated
    approved         begin      carrying-out
    approved         finish     done
    approved         go-stale   stale
    approved         stumble    needs-attention
    carrying-out     finish     done
    carrying-out     go-stale   stale
    carrying-out     stumble    needs-attention
    needs-attention  retry      approved
    needs-attention  finish     done
    needs-attention  go-stale   stale
    needs-attention  withdraw   withdrawn
    needs-attention  take-back  refused
    needs-attention  expire     expired
    done             undo       needs-attention
"""
"""Every way but those that all open requests have."""

FROM_EVERY_OPEN_ONE = {
    A.APPROVE: S.APPROVED,
    A.REFUSE: S.REFUSED,
    A.NOT_OURS: S.NOT_OURS,
    A.WITHDRAW: S.WITHDRAWN,
    A.GO_STALE: S.STALE,
    A.EXPIRE: S.EXPIRED,
}


def ways():
    listed = {(S(a), A(b)): S(c) for a, b, c in (line.split() for line in EXPECTED.strip().splitlines())}
    opened = {(state, act): to for state in OPEN for act, to in FROM_EVERY_OPEN_ONE.items()}
    return listed | opened


@pytest.mark.parametrize("state", State)
def test_there_are_these_ways_and_no_other(state):
    expected = ways()

    for act in Act:
        assert after(state, act) is expected.get((state, act)), act


def test_what_is_closed_stays_closed_but_for_what_somebody_else_undid_and_a_refusal_before_the_office():
    appeals = {(S.REFUSED, A.APPEAL), (S.NOT_OURS, A.APPEAL)}
    assert {pair for pair in WAYS if pair[0] in CLOSED} == {(S.DONE, A.UNDO)} | appeals
    assert {to for (_, act), to in WAYS.items() if act is A.APPEAL} == {S.ESCALATED}


def test_every_state_can_be_reached_and_every_act_has_a_place():
    reached, found = set(), {S.REQUESTED}
    while found:
        reached |= found
        found = {to for (state, _), to in WAYS.items() if state in reached} - reached

    assert reached == set(State)
    assert {act for _, act in WAYS} == set(Act)


@pytest.mark.parametrize("state", sorted(UNFINISHED))
def test_from_everything_unfinished_there_is_a_way_to_an_end(state):
    reached, found = set(), {state}
    while found:
        reached |= found
        found = {to for (before, _), to in WAYS.items() if before in reached} - reached

    assert reached & CLOSED


def test_every_state_is_open_or_under_way_or_closed_and_only_one_of_them():
    assert {S.REQUESTED, S.REMINDED, S.OVERDUE, S.ESCALATED} == OPEN
    assert {S.APPROVED, S.CARRYING_OUT, S.NEEDS_ATTENTION} == UNDER_WAY
    assert {S.DONE, S.REFUSED, S.NOT_OURS, S.WITHDRAWN, S.STALE, S.EXPIRED} == CLOSED
    assert len(OPEN) + len(UNDER_WAY) + len(CLOSED) == len(State)
    assert OPEN | UNDER_WAY == UNFINISHED


def test_only_an_approval_or_its_repetition_leads_to_carrying_out():
    assert {pair for pair, to in WAYS.items() if to is S.CARRYING_OUT} == {(S.APPROVED, A.BEGIN)}
    assert {act for (_, act), to in WAYS.items() if to is S.APPROVED} == {A.APPROVE, A.RETRY}
    assert {state for (state, act), to in WAYS.items() if to is S.APPROVED and act is A.APPROVE} == OPEN


def test_nobody_decides_what_has_been_decided():
    people = {A.APPROVE, A.REFUSE, A.NOT_OURS, A.RETURN}

    assert not any(after(state, act) for state, act in product(set(State) - OPEN, people))


def test_from_everything_that_waits_for_people_each_side_has_a_way_to_an_end():
    """What the worker is doing at this moment waits for nobody."""
    for state in UNFINISHED - {S.APPROVED, S.CARRYING_OUT}:
        assert after(state, A.WITHDRAW) is S.WITHDRAWN, "the school that asked"
        assert {after(state, A.REFUSE), after(state, A.TAKE_BACK)} == {S.REFUSED, None}, "who decides"
        assert after(state, A.GO_STALE) is S.STALE
    for state in UNDER_WAY:
        assert after(state, A.FINISH) is S.DONE
