"""An operation as the tests of words and cards need it."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.core.handover.model import Ground, Recipient
from bot.core.passwords.model import Form, NewOperation, Operation, Stage

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def operation(**changes: Any) -> Operation:
    """A password that was set at noon in Sofia and not yet looked at, with `changes`."""
    plain = Operation(
        NewOperation(
            id="operation-1",
            at=NOW,
            actor="director",
            tenant="tenant",
            conversation="chat",
            school="school-1",
            person="person-1",
            name="Иво Пробен Образцов",
            username="ab00000001@edu.mon.bg",
            class_="5 б",
            is_student=True,
            recipient=Recipient.STUDENT,
            ground=Ground.OWNER,
            form=Form.PUPIL,
        ),
        Stage.READY,
        set_at=NOW,
        works_from=NOW + timedelta(minutes=2),
        unseen_until=NOW + timedelta(minutes=30),
        expires_at=NOW + timedelta(hours=72),
    )
    return changed(plain, **changes)


def changed(one: Operation, **changes: Any) -> Operation:
    """The operation with `changes` of it, and of what was asked."""
    asked = {name: changes.pop(name) for name in [each.name for each in fields(NewOperation)] if name in changes}
    return replace(one, asked=replace(one.asked, **asked), **changes)
