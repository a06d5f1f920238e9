"""How a job lies in its row: what an earlier release wrote is read too, and what a selection is called is sealed."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from bot.core.passwords.model import Job
from bot.database.keys import DatabaseKeys
from bot.database.operation_rows import job_row, read_job
from tests.promises.store import JOB

KEYS = DatabaseKeys.derive(bytes(range(32)), "k1")
GROUP = replace(JOB, label="Роботика", selected=True)


def row_of(job: Job) -> dict[str, Any]:
    return job_row(job, KEYS) | {"cancelled_at": None}


@pytest.mark.parametrize("job", [JOB, GROUP])
def test_what_was_written_is_read(job):
    assert read_job(SimpleNamespace(**row_of(job)), KEYS) == job  # type: ignore[arg-type]


def test_what_was_written_before_there_were_selections_is_of_a_class():
    hidden = {"label": JOB.label, "conversation": JOB.conversation}
    earlier = row_of(JOB) | {"detail": KEYS.seal(hidden, "password_job", "detail", JOB.id)}

    read = read_job(SimpleNamespace(**earlier), KEYS)  # type: ignore[arg-type]

    assert (read, read.class_, read.group) == (JOB, JOB.label, "")


def test_what_a_selection_is_called_is_no_class():
    assert (GROUP.class_, GROUP.group) == ("", "Роботика")
