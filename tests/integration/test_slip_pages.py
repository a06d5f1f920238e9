"""The download page over HTTP: looking changes nothing, the button works for one lease, and nothing is given away."""

import asyncio
import base64
import hashlib
import html
import logging
import re
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer

from bot.core.actors.model import Role
from bot.core.errors import DirectoryBusy, DirectoryUnavailable, StoreUnavailable
from bot.core.passwords.follow import Progress
from bot.core.passwords.model import Stage, Timing
from bot.core.passwords.slips import SlipOffer, SlipSheet
from bot.database.engine import Database
from bot.database.keys import DatabaseKeys
from bot.dialogs.password.cases import SLIPS, slip_address
from bot.documents.slips import SlipForm, SlipWords, slips_pdf
from bot.runtime import pages
from bot.runtime.slip_pages import add_slip_routes
from bot.texts.catalog import Catalog
from tests.fakes import FakeClock
from tests.unit.core.classroom import ANA, CHAT, TENANT, Classroom, password_of, student
from tests.unit.documents.pdf import text

HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
    "X-Frame-Options": "DENY",
}
CATALOG = Catalog.load()
GONE = CATALOG.speak("bg")("slip-page-gone")
TROUBLE = CATALOG.speak("bg")("slip-page-trouble")


class Page:
    """The bot's web side with one class whose passwords are ready."""

    def __init__(self, room: Classroom, *, tenant: str = TENANT) -> None:
        self.room = room
        self.rendered: list[SlipSheet] = []
        self.threads: set[int] = set()
        self.forms: list[SlipForm] = []
        self.render: Callable[[SlipSheet, SlipWords, SlipForm], bytes] = slips_pdf
        app = web.Application()
        add_slip_routes(app, room.collect, CATALOG, tenant, render=self._render)
        self.client = TestClient(TestServer(app))

    def _render(self, sheet: SlipSheet, words: SlipWords, form: SlipForm) -> bytes:
        self.rendered.append(sheet)
        self.forms.append(form)
        self.threads.add(threading.get_ident())
        return self.render(sheet, words, form)

    async def link(self) -> tuple[str, SlipOffer]:
        offer = await self.room.offer(ANA, CHAT, job="job-1")
        assert isinstance(offer, SlipOffer)
        return SLIPS + offer.token, offer

    @property
    def stages(self) -> set[Stage]:
        return {one.stage for one in self.room.operations.operations.values()}


async def a_room() -> Classroom:
    room = Classroom([student(1), student(2)])
    await room.begun("student-1", "student-2")
    await room.work()
    return room


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    page = Page(await a_room())
    async with page.client:
        yield page


async def body(response: ClientResponse) -> str:
    return html.unescape((await response.read()).decode())


def check_headers(response: ClientResponse) -> None:
    for name, value in HEADERS.items():
        assert response.headers[name] == value, name
    policy = response.headers["Content-Security-Policy"]
    for rule in ("default-src 'none'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'"):
        assert rule in policy
    assert "unsafe" not in policy
    assert "Set-Cookie" not in response.headers


async def test_the_link_shows_a_page_with_one_button_in_both_languages(page):
    path, offer = await page.link()
    response = await page.client.get(path)
    shown = await body(response)
    assert response.status == 200
    assert response.content_type == "text/html"
    check_headers(response)
    for language in ("bg", "en"):
        t = CATALOG.speak(language)
        for told in ("title", "about", "step-download", "step-open", "step-print", "download"):
            assert t(f"slip-page-{told}") in shown
    assert shown.count(f'<form method="post" action="{path}">') == 2
    for secret in (offer.pin, password_of("student-1"), student(1).name, student(1).username):
        assert secret not in shown


@pytest.mark.parametrize(("language", "so_long"), [("bg", "две минути"), ("en", "two minutes")])
def test_everything_that_is_said_of_the_file_says_how_long_it_can_be_fetched_again(language, so_long):
    t = CATALOG.speak(language)
    assert Timing().lease_seconds == 120
    for said in (
        *(t(f"slip-page-{one}") for one in ("about", "gone", "trouble")),
        t("password-slips-until", until=""),
    ):
        assert so_long in said


def check_policy(response: ClientResponse, shown: str) -> None:
    """Nothing is admitted but the one style and the one script of the page itself, each by its hash."""
    policy = dict(rule.split(" ", 1) for rule in response.headers["Content-Security-Policy"].split("; "))
    found = {"default-src": "'none'", "form-action": "'self'", "frame-ancestors": "'none'", "base-uri": "'none'"}
    for tag in ("style", "script"):
        for inner in re.findall(rf"<{tag}>(.*?)</{tag}>", shown, re.DOTALL):
            found[f"{tag}-src"] = f"'sha256-{base64.b64encode(hashlib.sha256(inner.encode()).digest()).decode()}'"
    if "script-src" in found:
        found |= {"connect-src": "'self'", "require-trusted-types-for": "'script'", "trusted-types": "'none'"}
    assert policy == found
    assert shown.count("<style") == shown.count("<style>") == 1
    assert shown.count("<script") == shown.count("<script>") <= 1
    outside = re.sub(r"<(style|script)>.*?</\1>", "", shown, flags=re.DOTALL)
    assert not re.search(r"<(img|link|iframe|object|base)\b|style=|\son\w+=|https?:", outside)
    assert not re.search(
        r"https?:|url\(|@import|innerHTML|\beval\b", shown.partition("<style>")[2].partition("<main>")[0]
    )


async def test_the_page_is_well_formed_and_its_only_style_is_the_one_the_policy_names(page):
    path, _ = await page.link()
    response = await page.client.get(path)
    shown = await response.text()
    check_policy(response, shown)
    assert not re.search(r"<(script|a)\b", shown)

    open_tags: list[str] = []

    class Parser(HTMLParser):
        def handle_starttag(self, tag, attrs):
            if tag not in {"meta", "input"}:
                open_tags.append(tag)

        def handle_endtag(self, tag):
            assert open_tags.pop() == tag

    Parser().feed(shown)
    assert open_tags == []


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "PROPFIND"])
async def test_only_the_button_uses_the_link_up(page, method):
    """Mail scanners and link previews look before people do."""
    path, _ = await page.link()
    for _ in range(3):
        response = await page.client.request(method, path)
        assert response.status == (200 if method in {"GET", "HEAD"} else 405)
        check_headers(response)
    assert page.stages == {Stage.READY}
    assert page.room.audit.of("password.slips-collected") == []
    assert (await page.client.post(path)).status == 200


async def test_looking_does_not_tell_a_good_link_from_a_bad_one(page):
    path, offer = await page.link()
    good = await (await page.client.get(path)).text()
    bad = await (await page.client.get(SLIPS + "x" * 43)).text()
    assert good.replace(offer.token, "") == bad.replace("x" * 43, "")


async def test_the_button_gives_the_file(page, tmp_path):
    path, offer = await page.link()
    response = await page.client.post(path, data={})
    pdf = await response.read()
    assert response.status == 200
    assert response.content_type == "application/pdf"
    assert response.headers["Content-Disposition"] == 'attachment; filename="belezhki.pdf"'
    assert "-src 's" not in response.headers["Content-Security-Policy"], "a file runs and loads nothing at all"
    check_headers(response)
    assert page.rendered[0].pin == offer.pin
    paper = text(pdf, tmp_path, offer.pin)
    for number in (1, 2):
        person = student(number)
        told = (person.name, person.username, password_of(person.id))
        assert [paper.count(one) for one in told] == [2, 1, 1]
    assert page.threads
    assert threading.get_ident() not in page.threads


async def test_pressed_again_within_two_minutes_it_gives_the_same_file_and_then_says_that_it_is_over(page, tmp_path):
    path, offer = await page.link()
    assert (await page.client.post(path)).status == 200
    page.room.clock.move(seconds=119)
    again = await page.client.post(path)
    assert again.status == 200
    assert password_of("student-1") in text(await again.read(), tmp_path, offer.pin)
    assert page.rendered[0] == page.rendered[1]

    page.room.clock.move(seconds=1)
    late = await page.client.post(path)
    assert late.status == 410
    assert GONE in await body(late)
    check_headers(late)
    assert len(page.rendered) == 2


async def test_of_two_presses_at_once_both_get_the_file_that_the_same_pin_opens(page, tmp_path):
    path, offer = await page.link()
    both = threading.Barrier(2)

    def slow(sheet: SlipSheet, words: SlipWords, form: SlipForm) -> bytes:
        both.wait(timeout=20)
        return slips_pdf(sheet, words, form)

    page.render = slow
    responses = await asyncio.gather(page.client.post(path), page.client.post(path))
    assert [response.status for response in responses] == [200, 200]
    for response in responses:
        assert password_of("student-2") in text(await response.read(), tmp_path, offer.pin)
    assert len({one.lease_until for one in page.room.operations.operations.values()}) == 1
    assert len(page.room.audit.of("password.shown")) == 2


@pytest.mark.parametrize("while_it", ["is asked", "is drawn"])
async def test_a_browser_that_goes_away_before_the_answer_has_the_file_when_it_comes_again(page, tmp_path, while_it):
    path, offer = await page.link()
    begun, gone = threading.Event(), threading.Event()

    def waits(sheet: SlipSheet, words: SlipWords, form: SlipForm) -> bytes:
        begun.set()
        gone.wait(timeout=20)
        return slips_pdf(sheet, words, form)

    page.render = waits
    _, writer = await asyncio.open_connection(page.client.host, page.client.port)
    writer.write(f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n".encode())
    await writer.drain()
    if while_it == "is drawn":
        await asyncio.to_thread(begun.wait, 20)
    writer.close()
    await writer.wait_closed()
    gone.set()
    again = await page.client.post(path)
    assert again.status == 200
    assert password_of("student-1") in text(await again.read(), tmp_path, offer.pin)


async def test_every_link_that_does_not_work_gets_the_same_answer(page):
    async def answer(path: str) -> tuple[int, str, dict[str, str]]:
        response = await page.client.post(path)
        headers = {name: value for name, value in response.headers.items() if name != "Date"}
        return response.status, await response.text(), headers

    answers = []
    path, _ = await page.link()
    answers.append(await answer(SLIPS + "A" * 43))  # unknown
    await page.link()
    answers.append(await answer(path))  # withdrawn by a newer one
    path, offer = await page.link()
    page.room.clock.now = offer.until
    answers.append(await answer(path))  # too old
    path, _ = await page.link()
    page.room.actors.actors["ana"] = replace(ANA, role=Role.TEACHER, school=None)
    answers.append(await answer(path))  # no longer director
    page.room.actors.actors["ana"] = ANA
    path, _ = await page.link()
    assert (await page.client.post(path)).status == 200
    page.room.clock.move(seconds=60)
    newer, _ = await page.link()
    page.room.clock.move(seconds=60)
    answers.append(await answer(path))  # used, and the lease is over
    answers.append(await answer(newer))  # nothing is left to show
    answers.append(await answer(SLIPS + "short"))  # no token
    assert all(one == answers[0] for one in answers)
    assert answers[0][0] == 410
    assert GONE in html.unescape(answers[0][1])


async def test_a_link_of_another_tenant_does_not_work():
    page = Page(await a_room(), tenant="other")
    async with page.client:
        path, _ = await page.link()
        assert (await page.client.post(path)).status == 410
    assert page.stages == {Stage.READY}


@pytest.mark.parametrize(
    "token",
    ["", "a", "a" * 42, "a" * 44, "a" * 42 + "%00", "a" * 42 + "=", "a" * 42 + "%D1%8F", "..%2f" + "a" * 38, "a" * 5_000, "<script>"],
    ids=["empty", "one", "short", "long", "nul", "padded", "cyrillic", "path", "huge", "markup"],
)  # fmt: skip
async def test_what_is_no_token_reaches_nothing(page, token):
    page.room.operations.fail_with = AssertionError("asked")
    for method in ("GET", "POST"):
        response = await page.client.request(method, SLIPS + token)
        assert response.status in {404, 410}
        assert "<script" not in await response.text()


@pytest.mark.parametrize(
    "error",
    [DirectoryUnavailable("x"), DirectoryBusy(3.0), StoreUnavailable()],
    ids=lambda error: type(error).__name__,
)
async def test_trouble_says_so_and_does_not_cost_the_link(page, error):
    path, _ = await page.link()
    if isinstance(error, StoreUnavailable):
        page.room.operations.fail_with = error
    else:
        page.room.actors.fail_next.append(error)
    response = await page.client.post(path)
    assert response.status == 503
    assert response.headers["Retry-After"]
    shown = await body(response)
    assert TROUBLE in shown
    assert shown.count(f'action="{path}"') == 2, "the button is there, to be pressed again"
    check_headers(response)
    page.room.operations.fail_with = None
    assert (await page.client.post(path)).status == 200


async def test_slips_that_take_too_long_are_given_up_before_the_proxy_does_and_can_be_fetched_again(
    page, monkeypatch, tmp_path
):
    path, offer = await page.link()
    released = threading.Event()
    page.render = lambda *_: released.wait(20)
    with monkeypatch.context() as hasty:
        hasty.setattr(pages, "DOWNLOAD_SECONDS", 0.1)
        late = await page.client.post(path)
        released.set()
    assert (late.status, TROUBLE in await body(late)) == (503, True)
    page.render = slips_pdf
    again = await page.client.post(path)
    assert again.status == 200
    assert password_of("student-1") in text(await again.read(), tmp_path, offer.pin)


async def test_a_fault_of_ours_is_a_page_too_and_a_new_link_helps(page, caplog):
    path, offer = await page.link()

    def broken(*_: object) -> bytes:
        raise RuntimeError("out of paper")

    page.render = broken
    response = await page.client.post(path)
    assert response.status == 500
    said = await body(response)
    assert TROUBLE in said
    told = re.search(r"Номер на грешката: (\w{8})\. Ако се повтори, съобщете го на (.*?)\.", said)
    assert told is not None
    assert told[2] == "регионалното управление на образованието (РУО)", "who presses here is the director"
    assert f"Number of the error: {told[1]}." in said
    assert f"reference {told[1]}" in caplog.text
    check_headers(response)
    assert "out of paper" in caplog.text
    assert offer.token not in caplog.text
    page.render = slips_pdf
    path, _ = await page.link()
    assert (await page.client.post(path)).status == 200


async def test_a_large_body_is_refused_unread_and_the_link_stays_good(page):
    path, _ = await page.link()

    async def endless() -> AsyncIterator[bytes]:
        yield b"x"

    for data in (b"x" * 1_025, b"x" * 10**6, endless()):
        response = await page.client.post(path, data=data)
        assert response.status == 413
        check_headers(response)
    assert page.stages == {Stage.READY}
    assert (await page.client.post(path, data=b"x" * 1_024)).status == 200


CHOSEN = {
    "nothing": ({}, SlipForm()),
    "as the page has it": ({"form": "cut"}, SlipForm()),
    "a page each": ({"form": "page"}, SlipForm(page_each=True)),
    "with a code": ({"form": "cut", "code": "yes"}, SlipForm(code=True)),
    "both": ({"form": "page", "code": "yes"}, SlipForm(page_each=True, code=True)),
    "invented": ({"form": "pages", "code": "1", "pin": "1"}, SlipForm()),
    "not text": (b"form=%ff&code=\xff\xfe", SlipForm()),
    "no coding there is": ((b"form=page", "application/x-www-form-urlencoded; charset=x"), SlipForm()),
    "another kind": ((b'{"form": "page"}', "application/json"), SlipForm()),
}


@pytest.mark.parametrize(("sent", "form"), CHOSEN.values(), ids=CHOSEN)
async def test_the_form_is_the_one_chosen_on_the_page_and_the_usual_one_for_anything_else(page, sent, form):
    path, _ = await page.link()
    page.render = lambda *_: b"%PDF"
    data, kind = sent if isinstance(sent, tuple) else (sent, "application/x-www-form-urlencoded")
    response = await page.client.post(path, data=data, headers={"Content-Type": kind})
    assert response.status == 200
    assert page.forms == [form]


async def test_what_is_chosen_beforehand_is_the_usual_form(page):
    path, _ = await page.link()
    shown = await (await page.client.get(path)).text()
    inputs = re.findall(r'<input type="(\w+)" name="(\w+)" value="(\w+)"( checked)?>', shown)
    once = [("radio", "form", "cut", " checked"), ("radio", "form", "page", ""), ("checkbox", "code", "yes", "")]
    assert inputs == once * 2


async def test_nothing_of_a_link_is_logged(page, caplog):
    with caplog.at_level(logging.DEBUG):
        path, offer = await page.link()
        page.room.actors.fail_next.append(DirectoryUnavailable("x"))
        for method in ("GET", "POST", "POST", "POST"):
            await page.client.request(method, path)
    # The test server keeps an access log; the bot's own does not (`bot.runtime.serve`).
    written = "".join(record.getMessage() for record in caplog.records if record.name != "aiohttp.access")
    for secret in (offer.token, offer.pin, password_of("student-1"), student(1).username):
        assert secret not in written


@pytest.mark.parametrize(
    ("public_url", "address"),
    [
        ("https://bot.example.org", "https://bot.example.org/slips/token"),
        ("https://bot.example.org/", "https://bot.example.org/slips/token"),
        ("https://example.org/bot", "https://example.org/bot/slips/token"),
    ],
)
def test_the_address_of_a_link(public_url, address):
    assert slip_address(public_url) + "token" == address


def test_a_bot_that_browsers_cannot_reach_has_no_links():
    assert slip_address("") == ""


async def test_with_a_real_store_all_who_press_at_once_get_the_file_when_the_directory_answered(
    database_url, tmp_path
):
    """Class, confirming pressed twice, link, a directory that fails, button pressed by two at once, a new link."""
    clock = FakeClock()
    database = await Database.open(database_url, DatabaseKeys.derive(b"m" * 32), clock)
    try:
        room = Classroom([student(1), student(2)], operations=database.operations, queue=database.queue)
        room.clock.now = clock.now
        wish = room.wish("student-1", "student-2")
        begun = await asyncio.gather(*(room.many(ANA, wish) for _ in range(3)))
        assert all(isinstance(one, Progress) and len(one.operations) == 2 for one in begun)
        await room.work()
        page = Page(room)
        async with page.client:
            path, offer = await page.link()
            room.actors.fail_next.append(DirectoryUnavailable("x"))
            assert (await page.client.post(path)).status == 503
            responses = await asyncio.gather(*(page.client.post(path) for _ in range(4)))
            assert [response.status for response in responses] == [200] * 4
            for response in responses:
                assert text(await response.read(), tmp_path, offer.pin).count(password_of("student-2")) == 1
            ends = {one.lease_until for one in await database.operations.of_job("job-1")}
            assert len(ends) == 1
            path, offer = await page.link()
            assert (await page.client.post(path)).status == 200
        assert [len(sheet.slips) for sheet in page.rendered] == [2] * 5
        operations = await database.operations.of_job("job-1")
        assert {one.stage for one in operations} == {Stage.SHOWN}
    finally:
        await database.close()
