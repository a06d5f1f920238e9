"""Installing the bot's own app for somebody: what is sent, and what counts as installed."""

import inspect
from urllib.parse import quote

import pytest

from bot.core.errors import (
    DirectoryBusy,
    DirectoryError,
    DirectoryForbidden,
    DirectoryMisunderstood,
    DirectoryUnavailable,
)
from bot.core.transfers.ports import Installer
from bot.graph.installer import MayInstall
from tests.unit.graph.hostile import AT_ONCE, Bench, Reply, error, hangs, refuses, resets, says
from tests.unit.graph.test_graph_directory import ID

APP = "d4d4d4d4-4444-4a6c-9d53-0f2a0a4f1c11"
CATALOG = "c3c3c3c3-3333-4a6c-9d53-0f2a0a4f1c11"


async def test_it_has_every_method_of_its_port(bench: Bench):
    installer: Installer = bench.installer(CATALOG)
    for name, method in vars(Installer).items():
        if inspect.isfunction(method) and not name.startswith("_"):
            assert inspect.signature(getattr(type(installer), name)) == inspect.signature(method)


async def test_the_app_of_the_catalog_is_named_by_its_absolute_address(bench: Bench):
    bench.graph.will(says(b"", 201))
    assert await bench.installer(CATALOG).install(ID) is True
    (seen,) = bench.graph.seen
    assert (seen.method, seen.raw_path) == ("POST", f"/v1.0/users/{ID}/teamwork/installedApps")
    assert seen.body == {"teamsApp@odata.bind": f"{bench.graph.url}/v1.0/appCatalogs/teamsApps/{CATALOG}"}
    assert seen.headers["x-ms-throttle-priority"] == "low"


@pytest.mark.parametrize(
    ("reply", "installed"),
    [
        (says(b"", 201), True),
        (says({}, 201), True),
        (refuses(409, "Conflict"), True),
        (says(None, 409), True),
        (refuses(403, "Forbidden"), False),
        (says("<html>no</html>", 403), False),
        (refuses(404, "NotFound"), False),
        (refuses(404, "Request_ResourceNotFound"), False),
    ],
)
async def test_what_is_there_is_installed_and_what_may_not_be_is_not(bench: Bench, reply: Reply, installed: bool):
    bench.graph.will(reply)
    assert await bench.installer(CATALOG).install(ID) is installed
    assert len(bench.graph.seen) == 1


@pytest.mark.parametrize(
    ("reply", "asked"), [(says(b"", 201), []), (refuses(409, "Conflict"), [ID]), (refuses(403, "Forbidden"), [])]
)
async def test_who_has_it_already_is_told_of_because_it_will_not_say_where_it_is(
    bench: Bench, reply: Reply, asked: list[str]
):
    told: list[str] = []

    async def was_there(person: str) -> None:
        told.append(person)

    bench.graph.will(reply)
    await bench.installer(CATALOG, was_there=was_there).install(ID)
    assert told == asked


ERRORS: dict[str, tuple[Reply, type[DirectoryError]]] = {
    "throttled": (refuses(429, "TooManyRequests", Retry_After="17"), DirectoryBusy),
    "two at once": (says(error("Directory_ConcurrencyViolation", AT_ONCE), 409), DirectoryBusy),
    "two at once, as a bad request": (says(error("Directory_ConcurrencyViolation", AT_ONCE), 400), DirectoryBusy),
    "a bad request": (refuses(400, "BadRequest"), DirectoryMisunderstood),
    "a 404 of somebody between us": (says("<html>nothing here</html>", 404), DirectoryMisunderstood),
    "a redirect": (says(None, 302, Location="http://127.0.0.1:1/"), DirectoryMisunderstood),
    "a page instead of success": (says("<html>sign in</html>"), DirectoryUnavailable),
    "accepted for later": (says(None, 202), DirectoryUnavailable),
    "broken": (refuses(500, "InternalServerError"), DirectoryUnavailable),
    "broken and called a conflict": (refuses(502, "Conflict"), DirectoryUnavailable),
    "timed out there": (refuses(408, "RequestTimeout"), DirectoryUnavailable),
    "lost": (resets, DirectoryUnavailable),
}


@pytest.mark.parametrize("answer", list(ERRORS))
async def test_what_may_pass_is_an_error_and_is_not_sent_twice(bench: Bench, answer: str):
    reply, kind = ERRORS[answer]
    bench.graph.will(reply)
    with pytest.raises(DirectoryError) as caught:
        await bench.installer(CATALOG).install(ID)
    assert type(caught.value) is kind
    assert len(bench.graph.seen) == 1
    assert bench.clock.slept == []


async def test_silence_is_a_doubt(bench: Bench):
    bench.graph.will(hangs)
    with pytest.raises(DirectoryUnavailable):
        await bench.installer(CATALOG, attempt_timeout=0.2, sweep_attempt_timeout=0.2).install(ID)


async def test_a_token_that_is_refused_twice_is_not_a_policy_of_the_person(bench: Bench):
    bench.graph.will(*[refuses(401, "InvalidAuthenticationToken")] * 2)
    with pytest.raises(DirectoryForbidden):
        await bench.installer(CATALOG).install(ID)


async def test_without_an_app_in_the_catalog_nobody_is_asked(bench: Bench):
    assert await bench.installer("").install(ID) is False


async def test_whether_it_may_install_is_asked_by_reading(bench: Bench):
    bench.graph.will(says({"value": [{"id": "x"}]}))
    assert await bench.installer(CATALOG).may_install(ID, APP) is MayInstall.ALLOWED
    (seen,) = bench.graph.seen
    where = quote(f"teamsApp/externalId eq '{APP}'", safe="")
    assert (seen.method, seen.raw_path) == (
        "GET",
        f"/v1.0/users/{ID}/teamwork/installedApps?%24expand=teamsApp,teamsAppDefinition&%24filter={where}",
    )


@pytest.mark.parametrize(
    ("reply", "may"),
    [
        (says({"value": [{"id": "x"}]}), MayInstall.ALLOWED),
        (says({"value": []}), MayInstall.UNSEEN),
        (refuses(403, "Forbidden"), MayInstall.REFUSED),
        (says("<html>no</html>", 403), MayInstall.REFUSED),
        (refuses(404, "NotFound"), MayInstall.UNKNOWN),
        (refuses(404, "Request_ResourceNotFound"), MayInstall.UNKNOWN),
    ],
)
async def test_a_writer_that_is_not_the_app_of_the_package_is_told_from_nobody_there(bench: Bench, reply, may):
    bench.graph.will(reply)
    assert await bench.installer(CATALOG).may_install(ID, APP) is may


@pytest.mark.parametrize(
    "reply", [refuses(400, "BadRequest"), says("<html>nothing here</html>", 404), says("<html>sign in</html>")]
)
async def test_an_answer_that_says_neither_is_an_error(bench: Bench, reply):
    bench.graph.will(reply)
    with pytest.raises(DirectoryError):
        await bench.installer(CATALOG).may_install(ID, APP)


@pytest.mark.parametrize(
    ("person", "app"), [("", APP), ("..", APP), (ID, ""), (ID, "app"), (ID, f"{APP}' or '1' eq '1")]
)
async def test_what_names_nobody_or_no_app_asks_nobody(bench: Bench, person: str, app: str):
    assert await bench.installer(CATALOG).may_install(person, app) is MayInstall.UNKNOWN


@pytest.mark.parametrize("odd", ["", "..", "ip01234567@edu.mon.bg", f"{ID}/x", f"{ID}?x", ID + "\n"])
async def test_what_is_no_object_id_is_nobody(bench: Bench, odd: str):
    assert await bench.installer(CATALOG).install(odd) is False


@pytest.mark.parametrize("odd", ["..", f"{CATALOG}/x", "edu-accounts-bot"])
async def test_what_can_be_no_app_gets_near_no_address(bench: Bench, odd: str):
    with pytest.raises(ValueError, match="object id"):
        await bench.installer(odd).install(ID)


async def test_that_teams_installs_nothing_just_now_keeps_nobody_from_writing_to_the_directory(bench: Bench):
    bench.graph.will(refuses(429, "TooManyRequests", Retry_After="600"))
    with pytest.raises(DirectoryBusy) as caught:
        await bench.installer(CATALOG).install(ID)

    assert (caught.value.retry_after, caught.value.everybody) == (600, False)
