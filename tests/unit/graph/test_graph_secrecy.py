"""What is known only to a person and the directory stays out of URLs, logs and exceptions, whatever goes wrong."""

import logging
import traceback
from collections.abc import Awaitable, Callable

import pytest

from bot.core.errors import DirectoryError
from bot.graph.directory import GraphDirectory
from tests.unit.graph.hostile import Bench, Reply, answers, hangs, refuses, resets, says

CANARY = "5250130500"
USERNAME = "ip05250130@edu.mon.bg"
PRIVATE = (CANARY, CANARY[1:], USERNAME, USERNAME.partition("@")[0], "token-1", "token-2", "Канарче")
ID = "0b5e2a52-7f7e-4a6c-9d53-0f2a0a4f1c11"

loud = {
    "error": {
        "code": CANARY,
        "message": f"no {CANARY} {USERNAME} Канарче",
        "innerError": {"request-id": CANARY, "code": CANARY},
    }
}
person = {
    "id": ID,
    "displayName": "Канарче",
    "userPrincipalName": USERNAME,
    "student": {"externalId": CANARY},
    "accountEnabled": True,
}
TROUBLES: dict[str, list[Reply]] = {
    "loud refusal": [says(loud, 400, request_id=CANARY, client_request_id=CANARY)],
    "loud 403": [says(loud, 403)],
    "loud 5xx": [says(loud, 500)],
    "retried": [says(loud, 503)] * 4,
    "throttled": [says(loud, 429, Retry_After="99")],
    "html": [says(f"<html>{CANARY} {USERNAME} Канарче</html>", 502)] * 4,
    "html as success": [says(f"<html>{CANARY} {USERNAME} Канарче</html>")],
    "broken json": [says('{"responses": [{"body": "' + CANARY + USERNAME)],
    "list": [says([CANARY, USERNAME, "Канарче"])],
    "reset": [resets] * 4,
    "silence": [hangs] * 4,
    "redirect": [says(None, 302, Location=f"http://127.0.0.1:1/{CANARY}")],
    "token refused": [says(loud, 401)] * 2,
    "loud item": [answers((400, loud, {"request-id": CANARY}))],
    "forbidden item": [answers((403, loud))],
    "item of no shape": [answers((200, [CANARY, "Канарче"]))],
    "somebody else": [
        answers((200, {"value": [{**person, "student": {"externalId": "4146054046"}}], **person, "id": CANARY}))
    ],
    "foreign link": [answers((200, {"value": [person], "@odata.nextLink": f"https://evil.example/?{CANARY}"}))],
    "answer of another id": [
        says({"responses": [{"id": CANARY, "status": 200, "body": person}]}),
    ],
}
ASKED: dict[str, Callable[[GraphDirectory], Awaitable[object]]] = {
    "identifier": lambda directory: directory.find_by_identifier([CANARY]),
    "username": lambda directory: directory.find_by_username(USERNAME),
    "account": lambda directory: directory.account_id(USERNAME),
}


@pytest.mark.parametrize("asked", list(ASKED))
@pytest.mark.parametrize("trouble", list(TROUBLES))
async def test_trouble_repeats_nothing_private(
    bench: Bench, caplog: pytest.LogCaptureFixture, trouble: str, asked: str
):
    caplog.set_level(logging.DEBUG)
    bench.graph.will(*TROUBLES[trouble])
    directory = bench.directory(attempt_timeout=0.2 if trouble == "silence" else 4.0)
    with pytest.raises(DirectoryError) as caught:
        await ASKED[asked](directory)
    told = "".join(traceback.format_exception(caught.value)) + repr(caught.value) + repr(vars(caught.value))
    assert_clean(bench, caplog, told)


async def test_success_logs_nothing_private(bench: Bench, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    bench.graph.will(answers((200, {"value": [person]})), answers((200, person)))
    directory = bench.directory()
    assert len(await directory.find_by_identifier([CANARY, CANARY[1:]])) == 1
    assert await directory.find_by_username(USERNAME) is not None
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("bot.graph")]
    assert len(ours) == 2
    assert all("/education/users" in line for line in ours)
    assert_clean(bench, caplog, "")


async def test_what_is_logged_names_call_status_and_graphs_request(bench: Bench, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    bench.graph.will(refuses(403, "AccessDenied"))
    with pytest.raises(DirectoryError):
        await bench.directory().find_by_id(ID)
    (line,) = [record.getMessage() for record in caplog.records if record.name.startswith("bot.graph")]
    assert line.startswith("graph GET /education/users/{id}: 403 request-id=0b5e2a52-")
    assert ID not in line.replace("request-id=" + ID, "")


def assert_clean(bench: Bench, caplog: pytest.LogCaptureFixture, told: str) -> None:
    logged = "\n".join(f"{record.getMessage()} {record.exc_text} {record.args}" for record in caplog.records)
    urls = "\n".join(seen.raw_path + "".join(seen.headers.get("Referer", "")) for seen in bench.graph.seen)
    for secret in PRIVATE:
        assert secret not in told, "in the exception"
        assert secret not in logged, "in the log"
        assert secret not in urls, "in a URL"


def test_the_canary_would_be_noticed(caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    logging.getLogger("bot.graph.transport").debug("asked for %s", CANARY)
    empty = type("Empty", (), {"graph": type("Nothing", (), {"seen": []})})
    with pytest.raises(AssertionError, match="in the log"):
        assert_clean(empty, caplog, "")  # type: ignore[arg-type]
