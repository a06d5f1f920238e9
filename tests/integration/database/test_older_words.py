"""Words kept before there was a gate for them: they lie as they were written, and are read without identifiers."""

from dataclasses import replace

from bot.core.class_links.cases import CaseStage, Matter
from bot.core.people.free_text import FreeText
from bot.core.transfers.model import State
from bot.database.engine import Database
from tests.fakes_transfers import anybody
from tests.integration.database import test_link_store as of_links
from tests.integration.database import test_transfers_store as of_transfers
from tests.integration.database.conftest import MovableClock
from tests.promises.links_promises import case_of, ended, entry, mark_of
from tests.promises.transfers_promises import done_by, verdict
from tests.shapes import CANARIES, SHAPES, digits_of

WRITTEN = FreeText(f"Детето с ЕГН {CANARIES[0]} и {SHAPES['full-width'](CANARIES[2])}")
"""Not through the gate, as an older release would have it."""

CLEAN = "Детето с ЕГН •••••• и ••••••"


def clean(text: str, longest: int = 300) -> bool:
    return text == CLEAN[:longest] and not any(one in digits_of(text) for one in CANARIES)


async def test_an_answer_and_the_place_of_a_class(database: Database, database_url: str, clock: MovableClock):
    links = of_links.store_of(database, database_url, clock)
    asked = await links.cases.open(case_of(matter=Matter.QUESTION), (), ())
    answer = {"by": "d", "by_name": "Директор Едно", "answer": WRITTEN, "count": 0}
    await links.cases.end(ended(asked, stage=CaseStage.DECLINED, **answer), (), ())
    read = await links.cases.one(asked.id)
    assert read is not None
    assert clean(read.answer)
    await links.by_hand.mark([mark_of(where=WRITTEN)], [entry("made")])
    (mark,) = await links.by_hand.marks("school-1")
    assert clean(mark.where)


async def test_what_was_written_in_a_request_and_in_a_decision(database: Database, clock: MovableClock):
    transfers = of_transfers.store_of(database, clock)
    new = await transfers.submit(note=WRITTEN, basis_text=WRITTEN, certificate=WRITTEN)
    decided = {**done_by(new), "verdict": verdict(reason=WRITTEN, where=WRITTEN)}
    await transfers.change(new, state=State.REFUSED, **decided)
    read = await transfers.transfers.one(new.id)
    assert read is not None
    assert read.verdict is not None
    assert all(map(clean, (read.asked.note, read.asked.basis_text, read.verdict.reason, read.verdict.where)))
    assert clean(read.asked.certificate, 40)


async def test_the_number_of_an_order(database: Database):
    await database.deputies.authorise(replace(of_transfers.deputy(), order=WRITTEN), (), anybody)
    (read,) = await database.deputies.of_school("school-1", of_transfers.deputy().since)
    assert clean(read.order, 40)
