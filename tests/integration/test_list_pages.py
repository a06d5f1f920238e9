"""The page for lists of accounts over HTTP, and what the director then sees in the chat: what counts, what does not and
why, which column is which, what a corrected file changes; passwords nowhere.
"""

import asyncio
import html
import json
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from aiohttp import FormData, web
from aiohttp.test_utils import TestClient, TestServer

from bot.core.actors.model import RoleFacts
from bot.core.errors import DirectoryUnavailable, StoreUnavailable
from bot.core.lists.hold import HeldState
from bot.core.lists.model import ColumnMeaning, ListRowFault
from bot.core.lists.pages import UploadLists
from bot.core.lists.resolve import RESOLVE
from bot.core.tasks import Task
from bot.documents.limits import LIST_ENDINGS, MOST_BYTES, MOST_IN_ALL, MOST_PARTS
from bot.runtime.list_pages import add_list_routes, columns_told
from bot.texts.catalog import Catalog
from tests.conversations.bot import DIRECTOR, EGN_OWN, LIPA, PEOPLE, TENANT, Bot
from tests.corpus.books import book, package, text
from tests.integration.test_slip_pages import check_headers
from tests.unit.documents.test_account_list_questions import different, strange

ROOT = Path(__file__).parents[2]
CATALOG = Catalog.load()
BG = CATALOG.speak("bg")
M = ColumnMeaning
PASSWORD = "Taen-4-Parola"
HEADS = ("Име", "ЕГН", "Клас", "Потребителско име", "Първоначална парола")
IVO, NEW = PEOPLE[0], ("Нов Пробен Човек", "4642144284")


def sheet(*rows: tuple[object, ...], heads: tuple[str, ...] = HEADS) -> bytes:
    return text([heads, *rows], ";", "utf-8")


KNOWN = (IVO.name, EGN_OWN, "5 б", IVO.username, PASSWORD)
UNKNOWN = ("Нова Пробна Ученичка", "", "5 б", "np012345699@edu.mon.bg", PASSWORD)


class Page:
    """A director's bot, and its web side."""

    def __init__(self) -> None:
        self.bot = Bot()
        self.upload: UploadLists = self.bot.services["account-lists"].upload
        self.token = "t" * 43
        self.upload = replace(self.upload, new_token=lambda: self.token)
        app = web.Application()
        add_list_routes(app, self.upload, CATALOG)
        self.client = TestClient(TestServer(app))

    @property
    def path(self) -> str:
        return f"/links/people/{self.token}"

    async def offered(self, who: str = DIRECTOR) -> None:
        self.token = f"{len(self.bot.links.one_time_links.links)}".ljust(43, "t")
        offered = await self.upload.offer(await self.bot.recognise.fresh(who, TENANT), "bg")
        assert getattr(offered, "token", None) == self.token, offered

    async def sends(self, **files: bytes) -> tuple[int, str]:
        form = FormData()
        for name, raw in files.items():
            form.add_field("files", raw, filename=name, content_type="application/octet-stream")
        return await self.posts(form)

    async def posts(self, data: object) -> tuple[int, str]:
        response = await self.client.post(self.path, data=data)
        check_headers(response)
        shown = html.unescape(await response.text())
        assert PASSWORD not in shown
        assert EGN_OWN not in shown
        return response.status, shown.partition('<details lang="en">')[0]

    async def resolves(self) -> None:
        handler = next(one for one in self.bot.handlers() if one.kind == RESOLVE)
        await handler.carry_out(Task(1, RESOLVE, "k", {"school": LIPA.id}, 1))

    @property
    def names(self) -> set[str]:
        kept = self.bot.kept_lists.kept.get(LIPA.id)
        return {one.name for one in kept.people} if kept else set()

    @property
    def outcomes(self) -> list[tuple[str, str, str]]:
        every = [*self.bot.links.one_time_links.entries, *self.bot.ledger.audit.entries]
        return [
            (one.action, one.outcome, one.detail.get("people", ""))
            for one in every
            if one.action.startswith("account.list")
        ]


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    made = Page()
    async with made.client:
        await made.offered()
        yield made


async def test_looking_asks_nobody_and_says_both_languages(page: Page):
    page.bot.roles.fail_with = DirectoryUnavailable("down")
    response = await page.client.get(page.path)
    check_headers(response)
    shown = html.unescape(await response.text())
    assert response.status == 200
    for language in ("bg", "en"):
        assert CATALOG.speak(language)("listed-page-about") in shown


async def test_what_is_read_counts_and_what_is_not_is_named_with_its_row_and_reason(page: Page):
    status, shown = await page.sends(**{"нови.csv": sheet(KNOWN, UNKNOWN, ("Без Друго", "", "", "", PASSWORD))})

    assert status == 200
    assert BG("listed-page-taken", people=2) in shown
    assert BG("listed-page-changed", new=2, changed=0, gone=0, same=0) in shown
    assert f"нови.csv: {BG('listed-note-secrets')}" in shown
    assert re.findall(r'rowheader">(.*?)</th><td[^>]*>(.*?)</td><td[^>]*>(.*?)</td>', shown)[0] == (
        "нови.csv",
        "4",
        BG(f"listed-page-why-{ListRowFault.LACKS}"),
    )
    assert page.names == {IVO.name, UNKNOWN[0]}
    assert (await page.sends(**{"5 б.csv": sheet(KNOWN)}))[0] == 410
    assert page.outcomes == [("account.list", "offered", ""), ("account.list", "uploaded", "2")]


async def test_the_lists_of_all_classes_of_a_large_school_are_sent_at_once_and_too_many_are_said_to_be(page: Page):
    def lists(count: int) -> dict[str, bytes]:
        rows = {n: (f"Пробен Човек {n // 26}", "", "5 а", f"pc0123{n:05}", "") for n in range(count)}
        return {f"клас {n}.csv": sheet(row) for n, row in rows.items()}

    status, shown = await page.sends(**lists(MOST_PARTS + 1))
    assert (status, BG("listed-fault-too-many") in shown) == (422, True)
    assert BG("listed-page-button") in shown, "the form is still there"
    status, shown = await page.sends(**{"всички.zip": package(lists(MOST_PARTS + 1))})
    assert (status, f"всички.zip: {BG('listed-fault-too-many')}" in shown) == (422, True)
    assert BG("listed-page-button") in shown
    assert page.names == set()

    status, shown = await page.sends(**lists(MOST_PARTS))
    assert (status, BG("listed-page-taken", people=MOST_PARTS) in shown) == (200, True)


async def test_the_page_and_its_script_are_told_what_the_server_goes_by(page: Page):
    shown = await (await page.client.get(page.path)).text()
    told = [json.loads(html.unescape(words)) for words in re.findall(r'data-words="([^"]*)"', shown)]
    script = (ROOT / "bot/runtime/look/upload.js").read_text(encoding="utf-8")
    used = set(re.findall(r"\bwords\.(\w+)", script)) - {"missing", "incomplete"}  # where certain files are needed
    assert set(re.findall(r' accept="([^"]*)"', shown)) == {",".join((*LIST_ENDINGS, ".zip"))}
    for language, words in zip(("bg", "en"), told, strict=True):
        assert words["endings"] == [*LIST_ENDINGS, ".zip"], "also those of which the server only says what to do"
        assert (words["most"], words["mostInAll"], words["mostFiles"]) == (MOST_BYTES, MOST_IN_ALL, MOST_PARTS)
        assert used == words.keys()
        for said in (words["tooMany"], CATALOG.speak(language)("listed-page-limits")):
            assert str(MOST_PARTS) in said


async def test_several_files_and_a_package_are_one_list(page: Page):
    other = ("Друг Пробен Човек", "", "6 а", "dp012345698@edu.mon.bg", "")
    status, shown = await page.sends(
        **{"5 б.xlsx": book(("5 б", [list(HEADS), list(KNOWN)])), "all.zip": package({"6 а.csv": sheet(other)})}
    )
    assert (status, page.names) == (200, {IVO.name, other[0]}), shown


async def test_a_corrected_file_changes_what_differs_and_leaves_other_files(page: Page):
    await page.sends(
        **{"5 б.csv": sheet(KNOWN, UNKNOWN), "6 а.csv": sheet(("Шести Пробен", "", "6 а", "sp012345697", ""))}
    )
    await page.offered()
    corrected = (UNKNOWN[0], "", "5 в", *UNKNOWN[3:])
    _, shown = await page.sends(**{"5 б (1).csv": sheet(KNOWN, corrected)})
    assert BG("listed-page-changed", new=0, changed=1, gone=0, same=2) in shown
    await page.offered()
    _, shown = await page.sends(**{"5 б.csv": sheet(KNOWN)})
    assert BG("listed-page-changed", new=0, changed=0, gone=1, same=2) in shown
    await page.offered()
    before = page.bot.kept_lists.kept[LIPA.id].at
    page.bot.clock.move(minutes=1)
    _, shown = await page.sends(**{"5 б.csv": sheet(KNOWN)})
    assert BG("listed-page-changed", new=0, changed=0, gone=0, same=2) in shown
    assert page.bot.kept_lists.kept[LIPA.id].at == before


async def test_a_second_export_of_other_people_takes_nobody_away_and_the_answer_says_what_was_done(page: Page):
    """НЕИСПУО names every export so, and the browser numbers the second one."""
    await page.sends(**{"export.csv": sheet(KNOWN, UNKNOWN)})
    await page.offered()
    _, shown = await page.sends(**{"export (1).csv": sheet(("Шести Пробен", "", "6 а", "sp012345697", ""))})
    assert BG("listed-page-changed", new=1, changed=0, gone=0, same=2) in shown
    beside = BG("listed-page-beside", file="export (1).csv", others="export.csv", name="export (1).csv")
    assert beside in shown
    assert page.names == {IVO.name, UNKNOWN[0], "Шести Пробен"}

    await page.offered()
    _, shown = await page.sends(**{"export (2).csv": sheet(KNOWN, UNKNOWN)})
    assert BG("listed-page-replaced", file="export (2).csv", others="export.csv") in shown
    await page.offered()
    _, shown = await page.sends(**{"export (2).csv": sheet(KNOWN, UNKNOWN)})
    assert "заменя" not in shown, "as anybody expects"


async def test_unknown_columns_are_asked_for_without_script_and_remembered(page: Page):
    strange = (("едно", "две", "три"), ("пет", "нещо", "абв"), ("шест", "друго", "гд"))
    raw = sheet(*(row for row in strange[1:]), heads=strange[0])
    status, shown = await page.sends(**{"наша.csv": raw})
    assert status == 200
    assert BG("listed-page-asks", count=1) in shown
    names = re.findall(r'<select name="([0-9a-f]{32}\.\d+)"', shown)
    assert len(names) == 3
    assert page.names == set()

    status, shown = await page.posts(dict(zip(names, ("nothing", "", "secret"), strict=True)))
    assert (status, BG("listed-page-untold") in shown) == (422, True)
    told = dict(zip(names, ("name", "class", "secret"), strict=True))
    status, shown = await page.posts(told)
    assert (status, BG("listed-page-told") in shown) == (200, True)
    columns = page.bot.kept_lists.told[LIPA.id]
    assert [each for _, each in columns.values()] == [(M.NAME, M.CLASS, M.SECRET)]

    again = sheet(("Първи Пробен", "5 б", PASSWORD), heads=strange[0])
    status, shown = await page.sends(**{"наша.csv": again})
    assert (status, page.names) == (200, {"Първи Пробен"}), shown
    assert page.outcomes[1:] == [
        ("account.list-columns", "told", ""),
        ("account.list", "uploaded", "1"),
    ]


async def test_seven_files_with_the_same_unknown_heads_are_asked_about_once_and_all_count(page: Page):
    files = {f"5 {letter}.csv": strange(letter) for letter in "абвгдеж"}
    status, shown = await page.sends(**files)
    names = re.findall(r'<select name="([0-9a-f]{32}\.\d+)"', shown)
    assert (status, len(names), len(set(names))) == (200, 3, 3)
    assert BG("listed-page-asks", count=7) in shown
    assert BG("listed-page-same", count=6) in shown
    assert BG("listed-page-faults") not in shown
    assert BG("listed-page-notes") not in shown

    status, shown = await page.posts(dict(zip(names, ("name", "nothing", "class"), strict=True)))
    assert status == 200
    status, shown = await page.sends(**files)
    assert (status, BG("listed-page-taken", people=14) in shown) == (200, True)
    assert len(page.names) == 14


async def test_more_kinds_of_tables_than_are_asked_about_at_once_are_said_to_wait(page: Page):
    status, shown = await page.sends(**different(6))
    assert (status, BG("listed-page-asks", count=5) in shown) == (200, True)
    assert f"5.csv: {BG('listed-fault-not-asked')}" in shown
    assert BG("listed-page-same", count=1) not in shown


async def test_rows_of_another_school_are_refused_and_a_whole_file_of_one_is(page: Page):
    heads = (*HEADS, "Код по НЕИСПУО")
    own = [
        (f"Ученик Пробен {letter}", "", "5 б", f"up01234560{place}", "", LIPA.code)
        for place, letter in enumerate("абв")
    ]
    many = [
        (f"Пробен {place // 26} {chr(1072 + place % 26)}", "", "5 б", f"pp0123450{place:02}", "", LIPA.code)
        for place in range(30)
    ]
    status, shown = await page.sends(
        **{"x.csv": sheet(*many, ("Чужд Пробен", "", "5 б", "cp012345688", "", "2990002"), heads=heads)}
    )
    assert (status, BG("listed-page-why-other-school") in shown) == (200, True), shown
    assert "Чужд Пробен" not in page.names
    await page.offered()
    before = page.names
    status, shown = await page.sends(
        **{"x.csv": sheet(*own, ("Чужд Пробен", "", "5 б", "cp012345688", "", "2990002"), heads=heads)}
    )
    assert (status, BG("listed-fault-other-school") in shown) == (422, True)
    assert page.names == before


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"a.pdf": b"%PDF-1.4"}, "listed-fault-no-files"),
        ({"a.xlsx": b"\xd0\xcf\x11\xe0" + b"0" * 100}, "listed-fault-old-format"),
        ({"a.csv": sheet()}, "listed-fault-nobody"),
    ],
)
async def test_what_cannot_be_read_says_why_and_the_link_stays(page: Page, files: dict[str, bytes], said: str):
    status, shown = await page.sends(**files)
    assert (status, BG(said) in shown) == (422, True), shown
    assert BG("listed-page-button") in shown
    assert (await page.sends(**{"5 б.csv": sheet(KNOWN)}))[0] == 200


async def test_while_others_are_read_one_waits(page: Page):
    page.bot.list_reader.busy = True
    response = await page.client.post(page.path, data=FormData([("files", "x")]))
    assert response.status in {400, 503}
    status, shown = await page.sends(**{"5 б.csv": sheet(KNOWN)})
    assert (status, BG("listed-fault-busy") in shown) == (503, True)


@pytest.mark.parametrize("change", ["late", "disabled", "moved", "another page"])
async def test_a_link_that_is_not_good_any_more_takes_nothing(page: Page, change: str):
    facts = page.bot.roles.facts
    match change:
        case "late":
            page.bot.clock.move(minutes=30)
        case "disabled":
            facts[DIRECTOR] = replace(facts[DIRECTOR], enabled=False)
        case "moved":
            facts[DIRECTOR] = RoleFacts(
                DIRECTOR, exists=True, enabled=True, username="2990002@edu.mon.bg", extension_role="0"
            )
        case _:
            links = page.bot.links.one_time_links.links
            links[page.token] = replace(links[page.token], link_page="list")
    assert (await page.sends(**{"5 б.csv": sheet(KNOWN)}))[0] == 410
    assert (await page.posts({f"{'a' * 32}.0": "name"}))[0] == 410
    assert (page.names, page.bot.kept_lists.told) == (set(), {})


async def test_while_the_directory_does_not_answer_the_link_stays_good(page: Page):
    page.bot.roles.fail_with = DirectoryUnavailable("down")
    status, shown = await page.sends(**{"5 б.csv": sheet(KNOWN)})
    assert (status, BG("listed-page-trouble") in shown) == (503, True)
    page.bot.roles.fail_with = None
    assert (await page.sends(**{"5 б.csv": sheet(KNOWN)}))[0] == 200


async def test_what_could_not_be_kept_leaves_the_link_good(page: Page, monkeypatch: pytest.MonkeyPatch):
    """The store fails, or the school's lists would become too long: nothing is kept, and the same link takes them. If
    it fails after they were kept, they change nothing when they come again.
    """
    store = page.bot.kept_lists

    async def down(*_: object) -> None:
        raise StoreUnavailable

    with monkeypatch.context() as failing:
        failing.setattr(store, "change_list", down)
        assert (await page.sends(**{"5 б.csv": sheet(KNOWN)}))[0] == 503
    with monkeypatch.context() as small:
        small.setattr("bot.core.lists.kept.MOST_KEPT", 1)
        status, shown = await page.sends(**{"5 б.csv": sheet(KNOWN, UNKNOWN)})
        assert (status, BG("listed-fault-all-too-large") in shown) == (422, True)
    assert page.names == set()
    with monkeypatch.context() as failing:
        failing.setattr(page.bot.links.one_time_links, "use", down)
        assert (await page.sends(**{"5 б.csv": sheet(KNOWN)}))[0] == 503
    assert page.names == {IVO.name}
    status, shown = await page.sends(**{"5 б.csv": sheet(KNOWN)})
    assert (status, BG("listed-page-changed", new=0, changed=0, gone=0, same=1) in shown) == (200, True)
    assert page.names == {IVO.name}


async def test_the_same_upload_sent_twice_is_taken_once_or_changes_nothing(page: Page):
    both = await asyncio.gather(*(page.sends(**{"5 б.csv": sheet(KNOWN, UNKNOWN)}) for _ in range(2)))

    assert sorted(status for status, _ in both) in ([200, 410], [200, 503]), "the other comes late or has to wait"
    assert page.names == {IVO.name, UNKNOWN[0]}
    assert len(page.bot.kept_lists.kept[LIPA.id].people) == 2
    assert (await page.sends(**{"5 б.csv": sheet(KNOWN)}))[0] == 410


async def test_a_right_that_ends_while_the_list_is_read_takes_nothing(page: Page):
    facts, read = page.bot.roles.facts, page.bot.list_reader.read

    async def slowly(*given: Any, **more: Any) -> Any:
        said = await read(*given, **more)
        facts[DIRECTOR] = replace(facts[DIRECTOR], enabled=False)
        return said

    page.bot.list_reader.read = slowly  # type: ignore[method-assign]  # the right ends meanwhile
    assert (await page.sends(**{"5 б.csv": sheet(KNOWN)}))[0] == 410
    assert page.names == set()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"x=1",
        b"\xff",
        f"{'a' * 32}.1=name".encode(),
        f"{'a' * 32}.0=name&{'a' * 32}.0=wrong".encode(),
        f"{'a' * 32}.0=name&{'a' * 32}.0=name".encode(),
        f"{'a' * 32}.0=name&{'a' * 32}.00=name".encode(),
        f"{'g' * 32}.0=name".encode(),
        "&".join(f"{'a' * 32}.{number}=name" for number in range(700)).encode(),
    ],
)
def test_answers_that_the_page_does_not_send_are_none(body: bytes):
    assert columns_told(body) is None


async def test_the_chat_shows_who_of_the_list_has_no_account(page: Page):
    bot = page.bot
    await page.sends(**{"5 б.csv": sheet(KNOWN, UNKNOWN)})
    await page.resolves()
    kept = bot.kept_lists.kept[LIPA.id]
    assert kept.resolved is not None
    assert set(kept.resolved.numbers.values()) == {(IVO.id,)}
    accounts = [
        one.row.account
        for one in (await bot.services["accounts"].show(await bot.recognise.fresh(DIRECTOR, TENANT))).people
    ]
    seen = await bot.services["account-lists"].hold(LIPA.id, accounts)
    assert {one.listed.name: one.state for one in seen.people} == {
        IVO.name: HeldState.FOUND,
        UNKNOWN[0]: HeldState.ONLY_LISTED,
    }
