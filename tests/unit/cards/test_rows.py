"""Rows of cards are printed by logs and tracebacks of whoever holds them: none prints a person."""

import importlib
import pkgutil
from dataclasses import fields, is_dataclass

import pytest

import cards
from cards.request_lines import SchoolView

SECRET = "Иво Пробен 4146054046"
PERSONAL = frozenset({"by", "data", "detail", "name", "reason", "teacher", "username", "where"})
"""Fields that hold somebody's name, account or words."""

ROWS = sorted(
    {
        kind
        for module in pkgutil.iter_modules(cards.__path__)
        for kind in vars(importlib.import_module(f"cards.{module.name}")).values()
        if isinstance(kind, type) and is_dataclass(kind) and kind is not SchoolView  # its name is a school's
    },
    key=lambda kind: kind.__name__,
)


def test_there_are_rows():
    assert {"AccountView", "PersonChoice", "DeputyRow", "StudentChoice", "VerdictView"} <= {
        kind.__name__ for kind in ROWS
    }


@pytest.mark.parametrize("kind", ROWS, ids=lambda kind: kind.__name__)
def test_a_row_prints_nobody(kind):
    row = kind(**{one.name: SECRET if one.name in PERSONAL else "–" for one in fields(kind)})
    assert SECRET not in repr(row)
