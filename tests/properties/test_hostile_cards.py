"""No card can fail to be built from data: every card function, with whatever its types allow."""

import importlib
import json
import pkgutil
from collections.abc import Mapping
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cards
from cards.checked import MOST_ACTIONS, MOST_BYTES, MOST_ROWS
from tests.properties.hostile import CARDS, views
from tests.unit.cards.parts import SHARED, VOICES, elements, without_those_of_teams
from tests.unit.cards.test_every_text import assert_clean

_PATH = SHARED / "schemas" / "adaptive-cards" / "adaptive-card-1.5.0.json"
SCHEMA = jsonschema_rs.Draft6Validator(json.loads(_PATH.read_text(encoding="utf-8"))) if _PATH.exists() else None
FEW = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


def assert_valid(card: Mapping[str, Any]) -> None:
    """What Teams and the house ask of any card."""
    assert card["version"] == "1.5"
    assert card["fallbackText"].strip()
    assert len(json.dumps(card, ensure_ascii=False, separators=(",", ":"))) * 2 <= MOST_BYTES
    parts = list(elements(card))
    rows = [part["selectAction"] for part in parts if "selectAction" in part]
    assert len([part for part in parts if part["type"].startswith("Action.")]) - len(rows) <= MOST_ACTIONS
    assert len({row["title"] for row in rows}) == len(rows) <= MOST_ROWS
    ids = [part["id"] for part in parts if "id" in part]
    assert len(ids) == len(set(ids))
    for part in [one for one in parts if one["type"] == "Input.ChoiceSet"]:
        values = [choice["value"] for choice in part["choices"]]
        titles = [choice["title"] for choice in part["choices"]]
        assert len(values) == len(set(values))
        assert len(titles) == len(set(titles))
        assert all(titles)
        assert all(values)
    assert all(part["title"].strip() for part in parts if part["type"].startswith("Action."))
    assert all(part["label"].strip() for part in parts if part["type"].startswith("Input."))
    assert_clean(dict(card))
    if SCHEMA is not None:
        assert [error.message for error in SCHEMA.iter_errors(without_those_of_teams(card))] == []


def test_no_card_function_can_fail():
    functions = {
        name: function
        for module in pkgutil.iter_modules(cards.__path__)
        for name, function in vars(importlib.import_module(f"cards.{module.name}")).items()
        if name.endswith("_card")
    }
    assert len(functions) > 20
    assert {name for name, function in functions.items() if not hasattr(function, "__wrapped__")} == set()
    assert functions == CARDS


@pytest.mark.parametrize("name", sorted(CARDS))
@FEW
@given(st.data(), st.sampled_from(sorted(VOICES)))
def test_every_card_is_built_from_whatever_the_data_holds(name, data, language):
    view = data.draw(views(CARDS[name]))
    assert_valid(CARDS[name](VOICES[language], **view))
