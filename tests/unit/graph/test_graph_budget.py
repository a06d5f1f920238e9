"""The budget keeps the process within the limits, whatever it is asked for, and leaves nobody waiting for ever."""

from collections import deque

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.graph import missing
from bot.graph.budget import Budget
from bot.graph.describing import Call, Cost, Priority

ASKED = st.lists(
    st.tuples(st.integers(1, 20), st.integers(0, 20), st.sampled_from(("high", "low")), st.floats(0, 2)),
    min_size=1,
    max_size=80,
)


@given(asked=ASKED, rate=st.integers(20, 30), order=st.randoms(use_true_random=False))
def test_no_second_sees_more_requests_to_teams_than_the_share(asked, rate, order):
    """Eight at once, as a sweep and some people ask; each waits as the transport does."""
    now = 0.0
    budget = Budget(200.0, rate, lambda: now)
    todo = deque((Cost(max(items, teams), teams), priority, pause) for items, teams, priority, pause in asked)
    waiting: list[tuple[Cost, Priority]] = []
    spent: deque[tuple[float, int]] = deque()
    while todo or waiting:
        while todo and len(waiting) < 8:
            cost, priority, pause = todo.popleft()
            now += pause if order.random() < 0.1 else 0.0
            waiting.append((cost, priority))
        order.shuffle(waiting)
        ready = [one for one in waiting if budget.wait(*one) <= 0]
        if not ready:
            now += min(budget.wait(*one) for one in waiting)
            continue
        budget.take(ready[0][0])
        waiting.remove(ready[0])
        spent.append((now, ready[0][0].to_teams))
        while spent[0][0] < now - 0.998:  # a wait of under a millisecond is none
            spent.popleft()
        assert sum(count for _, count in spent) <= rate


def test_a_share_smaller_than_a_batch_is_kept_on_average():
    now = 0.0
    budget = Budget(200.0, 7.0, lambda: now)
    for _ in range(10):
        now += budget.wait(Cost(20, 20), "low")
        budget.take(Cost(20, 20))
    assert now == pytest.approx(9 * 20 / 7)


def test_a_few_teams_find_room_before_a_whole_batch():
    now = 0.0
    budget = Budget(200.0, 25.0, lambda: now)
    budget.take(Cost(10, 10))
    now = 0.5
    budget.take(Cost(12, 12))
    assert 0 < budget.wait(Cost(5, 5), "high") < budget.wait(Cost(20, 20), "low")


def test_who_asks_nothing_of_teams_does_not_wait_for_teams():
    budget = Budget(200.0, 20.0, lambda: 0.0)
    budget.take(Cost(100, 100))
    assert budget.wait(Cost(20, 0), "low") == 0
    assert budget.wait(Cost(1, 1), "high") > 0


@pytest.mark.parametrize(
    ("template", "to_teams"),
    [
        ("GET /teams/{id}", 1),
        ("POST /users/{id}/teamwork/installedApps", 1),
        (missing.MAKE_TEAM.says, 1),
        ("GET /appCatalogs/teamsApps", 1),
        ("GET /groups/{id}/members", 0),
        ("GET /education/classes/{id}/members", 0),
        ("GET /users/{id}", 0),
    ],
)
def test_what_counts_towards_teams(template, to_teams):
    assert Call("x", "GET", template, "/x").cost == Cost(1, to_teams)
