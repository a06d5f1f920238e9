"""The pages of class links over HTTP: a table once, a list that is read before it counts, nobody else's one-time link."""

import asyncio
import html
import io
import itertools
import json
import re
import threading
import zipfile
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from aiohttp import ClientResponse, ClientSession, FormData, web
from aiohttp.test_utils import TestClient, TestServer

from bot.core.actors.model import RoleFacts
from bot.core.class_links.expected import BadRow, Fault, RosterFault, RowFault
from bot.core.class_links.one_time_links import LinkPage
from bot.core.class_links.ports import UPLOADED, UploadedForm
from bot.core.errors import DirectoryUnavailable, StoreUnavailable
from bot.documents.limits import MOST_BYTES, MOST_IN_ALL, MOST_PARTS
from bot.documents.reading import ReadRosters
from bot.runtime import link_pages
from bot.runtime import pages as bot_pages
from bot.runtime.body_limits import BodyLimit
from bot.runtime.link_pages import _report, add_link_routes
from bot.runtime.listening import Limits, listening
from bot.texts.catalog import Catalog
from tests.conversations.bot import DIRECTOR, LIPA, Bot
from tests.conversations.link_room import STUDENTS
from tests.integration.test_slip_pages import check_headers, check_policy
from tests.unit.documents.test_rosters import sds, zipped

ROOT = Path(__file__).parents[2]
SOFIA = ZoneInfo("Europe/Sofia")
CATALOG = Catalog.load()
BG = CATALOG.speak("bg")
GONE, WRONG, TROUBLE = BG("link-page-gone"), BG("link-page-wrong"), BG("link-page-trouble")


class Pages:
    """A director's bot, and its web side."""

    def __init__(self) -> None:
        self.bot = Bot()
        self.room = self.bot.links
        self.token = ""
        self._others = itertools.count()
        reader = ReadRosters(domain="edu.mon.bg", clock=self.bot.clock, zone=SOFIA)
        self.run = replace(self.room.run, reader=reader, new_token=lambda: self.token)
        self.app = web.Application()
        add_link_routes(self.app, self.run, CATALOG)
        self.client = TestClient(TestServer(self.app))

    async def offered(self, link_page: LinkPage, who: str = DIRECTOR) -> str:
        """The path of a link that was offered in the chat, with a token as long as real ones."""
        self.token = token = f"{link_page.value}{len(self.room.one_time_links.entries)}".ljust(43, "x")
        actor = await self.bot.recognise.fresh(who, "tenant-of-the-ministry")
        offered = await self.run.offer(actor, link_page, "bg")
        assert getattr(offered, "token", None) == token, offered
        return f"/links/{link_page.value}/{token}"

    async def another(self, path: str) -> str:
        """A second link to the same: as if another director had it."""
        token = path.rpartition("/")[2]
        other = token[:-3] + f"{next(self._others):03}"
        self.room.one_time_links.links[other] = self.room.one_time_links.links[token]
        return path.replace(token, other)

    async def upload(self, path: str, files: dict[str, bytes]) -> tuple[int, str]:
        form = FormData()
        for name, raw in files.items():
            form.add_field("files", raw, filename=name, content_type="text/csv")
        response = await self.client.post(path, data=form)
        check_headers(response)
        return response.status, await body(response)

    @property
    def outcomes(self) -> list[str]:
        return [entry.outcome for entry in (*self.room.one_time_links.entries, *self.room.lists.entries)]


Row = tuple[str, str, str, str]


def rows_of(shown: str, language: str = "bg") -> list[Row]:
    """The table of what is wrong in one language: file, row, what is wrong, what to do."""
    bulgarian, _, english = shown.partition('<details lang="en">')
    part = bulgarian if language == "bg" else english
    cells = (
        r'<tr role="row"><th scope="row" role="rowheader">(.*?)</th>'
        + r'<td role="cell" data-head="[^"]+">(.*?)</td>' * 3
    )
    return re.findall(cells, part)


async def body(response: ClientResponse) -> str:
    return html.unescape((await response.read()).decode())


@pytest.fixture
async def pages() -> AsyncIterator[Pages]:
    pages = Pages()
    async with pages.client:
        yield pages


@pytest.mark.parametrize("link_page", list(LinkPage))
async def test_looking_uses_nothing_up_and_asks_nobody(pages, link_page):
    path = await pages.offered(link_page)
    pages.room.classes.readings = 0
    for method in ("GET", "HEAD", "GET"):
        response = await pages.client.request(method, path)
        assert response.status == 200
        check_headers(response)
    shown = await body(await pages.client.get(path))
    for language in ("bg", "en"):
        assert CATALOG.speak(language)(f"link-page-{link_page.value}-title") in shown
        assert CATALOG.speak(language)(f"link-page-{link_page.value}-button") in shown
    assert pages.room.classes.readings == 0
    assert pages.outcomes == ["offered"]


async def test_the_table_is_downloaded_once_and_names_no_student(pages):
    path = await pages.offered(LinkPage.TABLE)

    response = await pages.client.post(path)

    check_headers(response)
    assert response.status == 200
    assert response.headers["Content-Disposition"] == 'attachment; filename="klasove.xlsx"'
    sheet = openpyxl.load_workbook(io.BytesIO(await response.read())).active
    assert sheet is not None
    cells = [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]
    seen = await pages.room.read(await pages.bot.recognise.fresh(DIRECTOR, "tenant-of-the-ministry"))
    table = {tuple(row) for row in cells}
    assert len([row for row in cells if row[10].isdigit()]) == len(seen.links)
    for link in seen.links:
        assert any(row[0] == link.title and row[2] == link.teacher and row[10] == link.class_id for row in table)
    text = "\n".join(cell for row in cells for cell in row)
    assert "Липсват ученици" in text
    for student in STUDENTS:
        assert student not in text
    assert "Ученик" not in text.replace("Ученици", "").replace("Учениците", "")
    again = await pages.client.post(path)
    assert (again.status, GONE in await body(again)) == (410, True)
    assert pages.outcomes == ["offered", "downloaded"]


async def test_an_uploaded_list_counts_at_once_and_stays_when_the_folder_is_older(pages):
    path = await pages.offered(LinkPage.LIST)

    status, shown = await pages.upload(path, sds())

    assert status == 200
    assert "Списъкът е приет: 2 класни стаи." in shown
    kept = pages.room.lists.kept[LIPA.code]
    assert kept.mark.startswith(UPLOADED)
    assert [row.id for row in kept.list.classes] == ["101", "102"]
    seen = await pages.room.read(await pages.bot.recognise.fresh(DIRECTOR, "tenant-of-the-ministry"))
    assert {link.class_id for link in seen.links} >= {"101", "102"}
    assert (await pages.upload(path, sds()))[0] == 410
    assert pages.outcomes == ["offered", "uploaded"]


async def test_a_package_is_taken_too(pages):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        for name, raw in sds().items():
            package.writestr(name, raw)
    status, _ = await pages.upload(await pages.offered(LinkPage.LIST), {"export.zip": written.getvalue()})
    assert status == 200


@pytest.mark.parametrize(
    ("files", "says"),
    [
        (sds(orgs="sourcedId,name\n"), ("orgs.csv", "целият файл", "няма нито един ред под заглавния", "Изтеглете")),
        (
            sds(classes='sourcedId,orgSourcedId,title\n101,2990001,"А"Б\n'),
            ("classes.csv", "2", "кавичките в реда не са затворени или не са удвоени.", "без да го отваряте с Excel"),
        ),
        (sds(users=""), ("users.csv", "целият файл", "Липсват файлове: users.csv.", "от едно и също изтегляне")),
        (
            sds(classes="sourcedId,title\n1,x\n"),
            ("classes.csv", "целият файл", "липсва колона: classes.csv: orgsourcedid", "Изтеглете файла отново"),
        ),
        (sds(orgs="sourcedId\n2990002\n"), "В списъка няма класни стаи на това училище."),
        (
            {"a.zip": b"no zip"},
            ("a.zip", "целият файл", "Файл от списъка не може да се прочете: a.zip.", "Изтеглете"),
        ),
        ({}, ("users.csv", "целият файл", "Липсват файлове", "Качете всички файлове")),
    ],
)
async def test_a_list_that_cannot_be_used_changes_nothing_and_can_be_corrected(pages, files, says):
    """What concerns a file stands in a table beside it, what concerns none in the message above."""
    path = await pages.offered(LinkPage.LIST)
    before = dict(pages.room.lists.kept)

    status, shown = await pages.upload(path, files or {"leer.txt": b""})

    assert status == 422
    message = shown.partition('<div class="message failed" tabindex="-1" autofocus>')[2].partition("</div>")[0]
    assert "Нищо не е променено" in message
    assert shown.count("autofocus") == 1
    assert f"<title>Грешка: {BG('link-page-list-title')}</title>" in shown
    if isinstance(says, str):
        assert says in message
        assert not rows_of(shown)
    else:
        assert [all(part in cell for part, cell in zip(says, row, strict=True)) for row in rows_of(shown)] == [True]
        assert len(rows_of(shown, "en")) == 1
    assert pages.room.lists.kept == before
    assert (await pages.upload(path, sds()))[0] == 200


async def test_rows_that_are_left_out_are_named_with_file_line_and_reason_and_not_with_what_they_say(pages):
    users = sds()["users.csv"].decode() + "t3,ivan.chuzhd@outlook.com,,\n"
    rows = sds()["enrollments.csv"].decode() + "101,t1,professor\n101,nobody,teacher\n101,t1,guardian\n"
    status, shown = await pages.upload(await pages.offered(LinkPage.LIST), sds(users=users, enrollments=rows))

    assert status == 200
    assert "<caption>Пропуснати са 3 реда:</caption>" in shown
    assert "<caption>3 rows were left out:</caption>" in shown
    together, neispuo, role = (BG(f"link-page-do-{do}") for do in ("together", "neispuo", "role"))
    assert rows_of(shown) == [
        ("users.csv", "6", "потребителското име е от друг домейн.", neispuo),
        ("enrollments.csv", "9", "в users.csv няма такъв човек.", together),
        ("enrollments.csv", "10", "ролята не е нито на служител, нито на ученик.", role),
    ]
    assert rows_of(shown, "en")[0][:3] == ("users.csv", "6", "the username is of another domain.")
    assert f"<title>Готово: {BG('link-page-list-title')}</title>" in shown
    assert '<div class="message done" tabindex="-1" autofocus>' in shown
    assert "и още" not in shown
    assert "chuzhd" not in shown
    assert "nobody" not in shown


async def test_of_many_rows_the_first_are_named_and_the_rest_counted(pages):
    rows = sds()["enrollments.csv"].decode() + "101,nobody,teacher\n" * 500
    status, shown = await pages.upload(await pages.offered(LinkPage.LIST), sds(enrollments=rows))

    assert (status, "Пропуснати са 500 реда:" in shown, "и още 490 реда." in shown) == (200, True, True)
    assert shown.count("в users.csv няма такъв човек") == 10


async def test_a_kept_list_from_the_ends_of_time_breaks_neither_card_nor_table(pages):
    kept = pages.room.lists.kept[LIPA.code]
    assert kept.list is not None
    ends = itertools.cycle(
        (datetime.fromisoformat("9999-12-31T23:59:59+00:00"), datetime.fromisoformat("0001-01-01T00:00:00+14:00"))
    )
    rows = tuple(
        replace(row, status=row.status or "Създаден", since=since)
        for row, since in zip(kept.list.classes, ends, strict=False)
    )
    pages.room.lists.kept[LIPA.code] = replace(kept, list=replace(kept.list, classes=rows))

    card = await pages.bot.says(DIRECTOR, "класове")
    table = await pages.client.post(await pages.offered(LinkPage.TABLE))

    assert "Възникна грешка" not in str(card)
    sheet = openpyxl.load_workbook(io.BytesIO(await table.read())).active
    assert sheet is not None
    text = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
    assert (table.status, "9999 г." in text or "0001 г." in text) == (200, True)


async def test_what_is_named_in_a_refusal_is_never_markup(pages):
    name = b"<script>x</script>.zip"
    part = b'--b\r\nContent-Disposition: form-data; name="files"; filename="' + name + b'"\r\n\r\nno zip\r\n--b--\r\n'
    response = await pages.client.post(
        await pages.offered(LinkPage.LIST),
        data=part,
        headers={"Content-Type": "multipart/form-data; boundary=b"},
    )
    assert response.status == 422
    raw = (await response.read()).decode()
    assert "<script>x" not in raw
    assert "&lt;script&gt;x" in raw
    check_policy(response, raw)


async def test_the_policy_admits_what_the_page_brings_and_nothing_else(pages):
    for link_page in LinkPage:
        response = await pages.client.get(await pages.offered(link_page))
        raw = await response.text()
        check_policy(response, raw)
        assert ("<script>" in raw) == (link_page is LinkPage.LIST)


async def test_the_script_is_told_what_the_server_goes_by(pages):
    shown = await (await pages.client.get(await pages.offered(LinkPage.LIST))).text()
    bulgarian, english = (json.loads(html.unescape(told)) for told in re.findall(r'data-words="([^"]*)"', shown))
    for words in (bulgarian, english):
        assert words["needed"] == ["orgs.csv", "users.csv", "classes.csv", "enrollments.csv"]
        assert (words["most"], words["mostInAll"], words["mostFiles"]) == (MOST_BYTES, MOST_IN_ALL, MOST_PARTS)
        assert str(MOST_PARTS) in words["tooMany"]
    assert bulgarian.keys() == english.keys()
    script = (ROOT / "bot/runtime/look/upload.js").read_text(encoding="utf-8")
    assert set(re.findall(r"\bwords\.(\w+)", script)) == bulgarian.keys()


@pytest.mark.parametrize("fault", list(Fault))
def test_whatever_is_wrong_with_a_file_has_an_advice(fault):
    for language in ("bg", "en"):
        shown = _report((RosterFault(fault, "users.csv"),), (), CATALOG.speak(language))
        assert ("</td></tr>" in shown) == (fault is not Fault.ROW)
        assert "></td>" not in shown


def test_every_fault_of_a_row_has_an_advice():
    rows = tuple(BadRow("users.csv", 2, why) for why in RowFault)
    shown = _report((), rows, BG)
    assert [row[2:] for row in rows_of(shown)] == [
        (BG(f"link-page-row-{why}"), advice)
        for why, advice in zip(RowFault, [row[3] for row in rows_of(shown)], strict=True)
    ]
    assert all(row[3] for row in rows_of(shown))


async def test_too_much_is_cut_off(pages):
    path = await pages.offered(LinkPage.LIST)
    status, shown = await pages.upload(path, {f"{number}.csv": b"0" * (MOST_IN_ALL // 2) for number in range(3)})
    assert (status, "твърде голям" in shown) == (422, True)
    assert (await pages.upload(path, sds()))[0] == 200


async def test_too_many_files_are_said_to_be_and_the_form_is_still_there(pages):
    path = await pages.offered(LinkPage.LIST)
    many = sds() | {f"{number}.csv": b"1" for number in range(MOST_PARTS)}
    status, shown = await pages.upload(path, many)
    assert (status, BG("links-fault-too-many") in shown, rows_of(shown)) == (422, True, [])
    assert BG("link-page-list-button") in shown
    status, shown = await pages.upload(path, {"export.zip": zipped(many)})
    assert (status, BG("link-page-list-button") in shown) == (422, True)
    assert rows_of(shown) == [
        ("export.zip", BG("link-page-whole"), BG("links-fault-too-many"), BG("link-page-do-together"))
    ]
    assert (await pages.upload(path, sds()))[0] == 200


@pytest.mark.parametrize(
    "send",
    [
        {"data": b"x", "headers": {"Content-Type": "text/csv"}},
        {"data": b"x", "headers": {"Content-Type": "multipart/form-data"}},
        {"data": b"garbage", "headers": {"Content-Type": "multipart/form-data; boundary=b"}},
        {"data": {"other": "x"}},
        {},
    ],
)
async def test_what_is_no_form_of_ours_is_refused_and_uses_nothing_up(pages, send):
    path = await pages.offered(LinkPage.LIST)
    response = await pages.client.post(path, **send)
    assert response.status in {400, 422}
    check_headers(response)
    assert pages.outcomes == ["offered"]


@pytest.mark.parametrize("link_page", list(LinkPage))
async def test_a_link_that_is_not_good_says_only_that(pages, link_page):
    other = LinkPage.LIST if link_page is LinkPage.TABLE else LinkPage.TABLE
    path = await pages.offered(link_page)
    wrong = [path.replace(link_page.value + "/", other.value + "/", 1), path[:-1] + "y", path + "x", path[:-1]]
    for each in wrong:
        response = await pages.client.post(each, data=FormData({"a": "b"}))
        assert (response.status, GONE in await body(response)) == (410, True), each
    pages.bot.clock.move(minutes=10)
    assert (await pages.client.post(path)).status == 410


@pytest.mark.parametrize("link_page", list(LinkPage))
async def test_who_is_no_director_any_more_gets_nothing(pages, link_page):
    path = await pages.offered(link_page)
    pages.bot.roles.facts[DIRECTOR] = RoleFacts(DIRECTOR, exists=True, enabled=False)
    response = await pages.client.post(path, data=FormData({"a": "b"}))
    assert (response.status, GONE in await body(response)) == (410, True)


@pytest.mark.parametrize("where", ["lists", "links"])
async def test_what_could_not_be_kept_or_not_be_ended_may_be_sent_again(pages, monkeypatch, where):
    """The link is used up last: by then the list lies there, with its entry."""
    path = await pages.offered(LinkPage.LIST)
    before = pages.room.lists.kept[LIPA.code]
    if where == "lists":
        pages.room.lists.fail_next.append(StoreUnavailable("x"))
    else:
        used, down = pages.room.one_time_links.use, [StoreUnavailable("x")]

        async def use(*given):
            if down:
                raise down.pop()
            return await used(*given)

        monkeypatch.setattr(pages.room.one_time_links, "use", use)

    status, shown = await pages.upload(path, sds())

    assert (status, TROUBLE in shown) == (503, True)
    kept = pages.room.lists.kept[LIPA.code]
    assert kept == before if where == "lists" else kept.uploaded
    assert pages.outcomes == (["offered"] if where == "lists" else ["offered", "uploaded"])
    assert (await pages.upload(path, sds()))[0] == 200
    kept = pages.room.lists.kept[LIPA.code]
    assert [row.id for row in kept.list.classes] == ["101", "102"]
    assert (await pages.upload(path, sds()))[0] == 410


async def test_who_directs_the_school_no_more_when_the_list_is_read_changes_nothing(pages):
    path = await pages.offered(LinkPage.LIST)
    before = pages.room.lists.kept[LIPA.code]

    class Slow:
        async def read(self, *_, **__):
            pages.bot.roles.facts[DIRECTOR] = RoleFacts(DIRECTOR, exists=True, enabled=False)
            return replace(before.list, classes=())

    form = UploadedForm(io.BytesIO(), "multipart/form-data")
    assert await replace(pages.run, reader=Slow()).take(path.rpartition("/")[2], form) is None
    assert pages.room.lists.kept[LIPA.code] == before
    assert pages.outcomes == ["offered"]


@pytest.mark.parametrize("link_page", list(LinkPage))
async def test_while_the_directory_does_not_answer_the_link_stays_good(pages, link_page):
    path = await pages.offered(link_page)
    pages.bot.roles.fail_with = DirectoryUnavailable("x")
    response = await pages.client.post(path, data=FormData({"files": "x"}))
    assert (response.status, TROUBLE in await body(response)) == (503, True)
    assert response.headers["Retry-After"]
    pages.bot.roles.fail_with = None
    assert pages.outcomes == ["offered"]
    good = (
        await pages.upload(path, sds())
        if link_page is LinkPage.LIST
        else ((await pages.client.post(path)).status, "")
    )
    assert good[0] == 200


async def test_where_writing_the_table_fails_or_takes_too_long_the_link_stays_good(pages, monkeypatch):
    path, released = await pages.offered(LinkPage.TABLE), threading.Event()

    def fails(*_: object) -> bytes:
        raise MemoryError

    with monkeypatch.context() as broken:
        broken.setattr(link_pages, "table_xlsx", fails)
        assert (await pages.client.post(path)).status == 500
        broken.setattr(link_pages, "table_xlsx", lambda *_: released.wait(20))
        broken.setattr(bot_pages, "DOWNLOAD_SECONDS", 0.1)
        late = await pages.client.post(path)
        released.set()
    assert (late.status, TROUBLE in await body(late)) == (503, True)
    assert pages.outcomes == ["offered"]
    assert (await pages.client.post(path)).status == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
async def test_no_other_method(pages, method):
    response = await pages.client.request(method, await pages.offered(LinkPage.TABLE))
    assert (response.status, response.headers["Allow"]) == (405, "GET, HEAD, POST")


def test_the_address_is_below_the_bots_own():
    cases = Bot().links.use_cases
    for base in ("https://bot.example", "https://bot.example/"):
        address = replace(cases, public_url=base).page(LinkPage.TABLE, "t")
        assert address == "https://bot.example/links/table/t"


@pytest.mark.parametrize(
    ("most", "sent", "words"),
    [
        (BodyLimit(10_000, 0.3), 100, "links-fault-too-slow"),
        (BodyLimit(1_000, 30), 200_000, "links-fault-too-large"),
    ],
)
async def test_what_the_server_cuts_off_is_said_on_the_page(pages, most, sent, words):
    path = await pages.offered(LinkPage.LIST)
    begun = asyncio.Event()

    async def dribbled() -> AsyncIterator[bytes]:
        yield b"x" * sent
        begun.set()
        await asyncio.sleep(30)

    async with listening(pages.app, Limits(bodies={"/links/list/": most}), "127.0.0.1", 0) as (host, port):  # noqa: SIM117
        async with ClientSession() as session:
            response = await session.post(
                f"http://{host}:{port}{path}",
                data=dribbled(),
                headers={"Content-Type": "multipart/form-data; boundary=xx"},
            )
            said = await body(response)

    assert begun.is_set()
    assert response.status == 422
    assert BG(words) in said
