"""A tenant with last year's classes beside this year's and short pages, before the product as a process: a transfer."""

import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from demo.processes import stop_all
from demo.stack import Stack, start
from tests.connector import FakeTeams
from tests.integration.edge import in_term
from tests.integration.test_whole_bot import button, words
from tests.integration.test_whole_passwords import admin
from tests.integration.test_whole_transfers import asks, card_of, case, director, eventually, pressable, settings

pytestmark = [pytest.mark.slow, pytest.mark.long]

YEARS = ("--former-classes", "--terms", "dated", "--page-most", "7", "--without-grade")
CLASS = "5 а"


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    folder: Path = tmp_path_factory.mktemp("years")
    options = ("--today", in_term().isoformat(), *YEARS)
    running = start(folder, simulator_options=options, more_settings=settings(folder))
    yield running
    stop_all(running.programs)


@pytest.fixture
async def teams(stack):
    async with FakeTeams(app_id="") as fake:
        fake.bot_url = stack.bot
        yield fake


async def classes_of(stack: Stack, username: str) -> list[dict[str, Any]]:
    """What the directory says, with the reader's own token."""
    trusted = ssl.create_default_context(cafile=stack.tenant["ca_file"])
    client, tenant = stack.tenant["clients"]["reader"], stack.tenant["tenant"]
    form = {
        "grant_type": "client_credentials",
        "client_id": client["id"],
        "client_secret": client["secret"],
        "scope": "https://graph.microsoft.com/.default",
    }
    found: list[dict[str, Any]] = []
    async with aiohttp.ClientSession() as session:
        async with session.post(
            f"{stack.tenant['authority']}/{tenant}/oauth2/v2.0/token", data=form, ssl=trusted
        ) as answer:
            token = (await answer.json())["access_token"]
        link: str | None = f"{stack.tenant['graph']}/v1.0/education/users/{username}/classes"
        while link is not None:
            async with session.get(link, headers={"Authorization": f"Bearer {token}"}, ssl=trusted) as answer:
                page = await answer.json()
            found, link = [*found, *page["value"]], page.get("@odata.nextLink")
    return found


def years(classes: list[dict[str, Any]]) -> set[str]:
    return {one["term"]["externalId"] for one in classes}


async def test_a_moved_student_is_in_the_teams_of_this_year_and_in_none_of_the_school_that_was_left(stack, teams):
    people = await admin(stack, "people")
    first, second = director(people, "2990001"), director(people, "2990002")
    for each in (first, second):
        await teams.install(each)
    student = case(people, "moved")
    before = await classes_of(stack, student["aadObjectId"])
    assert len(years(before)) == 2, "in classes of both years"

    sent = await asks(teams, first, student, to_class=CLASS)
    assert "Искане № 1 е изпратено" in words(sent)
    received = await eventually(lambda: card_of(teams, second, "Получено е искане"))
    question = await teams.press(second, pressable(received.card, "Одобряване"))
    await teams.press(second, button(question, "Одобряване"))
    await eventually(lambda: card_of(teams, first, "ученикът вече е във Вашето училище"))

    after = await classes_of(stack, student["aadObjectId"])
    assert years(after) == {max(years(before))}
    assert {one["displayName"].split(" - ")[1] for one in after} <= {CLASS, f"{CLASS}, 5 б"}
    assert len(after) > 7, "more than a page"
    assert not {one["id"] for one in before} & {one["id"] for one in after}
    found = await teams.say(first, "справка")
    card = await teams.press(first, button(found, "Търсене"), {"kind": "egn", "typed": student["identifier"]})
    assert CLASS in card.raw.decode()
