"""Протокол and sheets for parents: from the chat over the page to the paper; for the director alone, once, as it is now."""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from threading import Barrier, Event

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.conversation import Reply
from bot.core.accounts.model import Choices
from bot.core.accounts.papers import MOST_SHEETS
from bot.core.actors.model import RoleFacts
from bot.core.errors import DirectoryUnavailable
from bot.core.people.free_text import free_text
from bot.core.people.model import Kind
from bot.runtime import pages, paper_pages
from bot.runtime.paper_pages import add_paper_routes
from bot.texts.catalog import Catalog
from tests.conversations.bot import DIRECTOR, LIPA, UTRO, Bot, nodes, person, row_of
from tests.unit.documents.pdf import opened

OF_1A = ("Музика - 1 а - ООП",)
LONG = "Александра-Виктория Хаджиконстантинова-К"
GALYA = person(44, "Галя Пробна Най-малка", "4742080922", LIPA, teams=OF_1A, grade="1")
DARYA = person(47, LONG, "4549070385", LIPA, teams=OF_1A, grade="1")
VASIL = person(43, "Васил Пробен Трети", "4141011020", LIPA)
TEACHER = person(45, "Рада Вихрова", "", LIPA, kind=Kind.TEACHER, teams=())
ELSEWHERE = person(46, "Дамян Пробен Чужд", "", UTRO)
PEOPLE = (GALYA, DARYA, VASIL, TEACHER, ELSEWHERE)


class House:
    """The bot, and its pages of papers."""

    def __init__(self) -> None:
        self.bot = Bot(people=PEOPLE)
        numbers = iter(range(1_000))
        papers = next(one.cases for one in self.bot.built if one.name == "accounts").papers
        self.papers = replace(papers, new_token=lambda: f"{next(numbers):043}")
        cases = next(one for one in self.bot.built if one.name == "accounts")
        object.__setattr__(cases, "cases", replace(cases.cases, papers=self.papers))
        app = web.Application()
        add_paper_routes(app, self.papers, Catalog.load())
        self.client = TestClient(TestServer(app))

    async def listed(self, row: str) -> Reply:
        return await self.bot.presses(DIRECTOR, board := await self.bot.says(DIRECTOR, "профили"), row_of(board, row))

    async def link(self, row: str = "1 а", *buttons: str) -> str:
        answer = await self.listed(row)
        for button in ("Протокол", *buttons):
            answer = await self.bot.presses(DIRECTOR, answer, button)
        (url,) = [node["url"] for node in nodes(answer.card) if node.get("type") == "Action.OpenUrl"]
        return str(url).removeprefix("https://bot.example.bg")

    @property
    def outcomes(self) -> list[str]:
        entries = self.bot.links.one_time_links.entries
        return [one.outcome for one in entries if one.action == "account.paper"]

    async def paper(self, folder: Path, row: str = "1 а", *buttons: str) -> str:
        response = await self.client.post(await self.link(row, *buttons))
        assert (response.status, response.content_type) == (200, "application/pdf")
        return re.sub(r"\s+", " ", opened(await response.read(), folder, "pdftotext", "-layout", pin=None))


@pytest.fixture
async def house() -> AsyncIterator[House]:
    house = House()
    async with house.client:
        yield house


async def test_the_protocol_of_a_class_has_its_people_and_to_whom_each_may_be_handed(house, tmp_path):
    paper = await house.paper(tmp_path)
    assert "Паралелка 1 а" in paper
    assert LIPA.name in paper
    assert [paper.count(one.name) for one in PEOPLE] == [1, 1, 0, 0, 0]
    assert paper.count("родител") >= 2
    assert GALYA.username not in paper
    assert "Предал:" in paper


async def test_of_a_list_every_one_with_the_class_and_a_teacher_in_person(house, tmp_path):
    paper = await house.paper(tmp_path, "Непредадени")
    assert "Списък Непредадени" in paper
    assert [paper.count(one.name) for one in PEOPLE] == [1, 1, 1, 1, 0]
    assert re.search(rf"{VASIL.name} +5 ?б +ученик +(?!родител)", paper)
    assert re.search(rf"{TEACHER.name} +лично", paper)


async def test_of_a_group_its_people(house, tmp_path):
    bot = house.bot
    board = await bot.says(DIRECTOR, "профили")
    form = await bot.presses(DIRECTOR, await bot.presses(DIRECTOR, board, "Групи"), "Нова група")
    ticks = await bot.presses(DIRECTOR, form, "Напред", group_name="Роботика", **{"class": "1 а"})
    group = await bot.presses(DIRECTOR, ticks, "Запазване", students=GALYA.id)
    answer = await bot.presses(DIRECTOR, group, "Протокол")
    (url,) = [node["url"] for node in nodes(answer.card) if node.get("type") == "Action.OpenUrl"]
    response = await house.client.post(url.removeprefix("https://bot.example.bg"))
    paper = re.sub(r"\s+", " ", opened(await response.read(), tmp_path, "pdftotext", "-layout", pin=None))
    assert "Група Роботика" in paper
    assert [paper.count(one.name) for one in PEOPLE] == [1, 0, 0, 0, 0]


async def test_the_sheets_for_parents_have_username_and_the_schools_own_sentence_and_only_the_youngest(
    house, tmp_path
):
    house.bot.accounts.store.chosen[LIPA.id] = Choices(sentence=free_text("Кабинет 12, от 8 до 16 часа.", 300))
    paper = await house.paper(tmp_path, "Непредадени", "Указания за родителите")
    for one in (GALYA, DARYA):
        assert (paper.count(one.username), one.name in paper) == (1, True)
    assert VASIL.name not in paper
    assert paper.count("Кабинет 12, от 8 до 16 часа.") == 2
    assert paper.count("„Необходима е още информация“") == 2
    assert paper.count("More information required") == 2


async def test_a_link_gives_its_own_paper_once_and_nothing_is_told_of_why_it_does_not(house):
    protocol = await house.link()
    parents = protocol.replace("/protocol/", "/parents/")
    assert (await house.client.post(parents)).status == 410
    assert (await house.client.get(protocol)).status == 200, "looking uses nothing up"
    assert (await house.client.post(protocol)).status == 200
    again = await house.client.post(protocol)
    assert again.status == 410
    assert GALYA.name not in await again.text()


async def test_the_paper_of_one_class_is_good_after_that_of_another_was_asked_for(house):
    first, newer, other = await house.link(), await house.link(), await house.link("Непредадени")
    given = [(await house.client.post(path)).status for path in (first, newer, other)]
    assert given == [410, 200, 200]


async def test_where_drawing_fails_the_link_stays_good(house, monkeypatch):
    path = await house.link()

    def fails(*_: object) -> bytes:
        raise MemoryError

    with monkeypatch.context() as broken:
        broken.setattr(paper_pages, "protocol_pdf", fails)
        assert (await house.client.post(path)).status == 500
    assert house.outcomes == ["offered"]
    assert (await house.client.post(path)).status == 200
    assert house.outcomes == ["offered", "downloaded"]


@pytest.mark.parametrize("button", [(), ("Указания за родителите",)])
async def test_where_drawing_takes_too_long_the_link_stays_good(house, monkeypatch, button):
    path, released = await house.link("1 а", *button), Event()
    with monkeypatch.context() as hanging:
        for draw in ("protocol_pdf", "parent_sheets_pdf"):
            hanging.setattr(paper_pages, draw, lambda *_: released.wait(20))
        hanging.setattr(pages, "DOWNLOAD_SECONDS", 0.1)
        assert (await house.client.post(path)).status == 503
        released.set()
    assert "downloaded" not in house.outcomes
    assert (await house.client.post(path)).status == 200


@pytest.mark.parametrize("button", [(), ("Указания за родителите",)])
async def test_pressed_twice_at_once_it_is_one_paper(house, monkeypatch, button):
    path, both = await house.link("1 а", *button), Barrier(2)

    def slow(*_: object) -> bytes:
        both.wait(timeout=20)
        return b"%PDF"

    monkeypatch.setattr(paper_pages, "protocol_pdf", slow)
    monkeypatch.setattr(paper_pages, "parent_sheets_pdf", slow)
    given = await asyncio.gather(house.client.post(path), house.client.post(path))
    assert sorted(one.status for one in given) == [200, 410]
    assert house.outcomes.count("downloaded") == 1


async def test_a_list_that_has_grown_too_long_meanwhile_is_not_drawn_and_can_be_asked_for_anew(house):
    path = await house.link("1 а", "Указания за родителите")
    crowd = [person(900 + n, f"Множество {n} Пробно", f"88{n}", LIPA, teams=OF_1A) for n in range(MOST_SHEETS)]
    house.bot.accounts.add(LIPA, *crowd)
    house.bot.accounts.store.looked.clear()
    assert (await house.client.post(path)).status == 410
    assert "downloaded" not in house.outcomes


async def test_a_paper_is_fetched_by_one_look_into_the_store(house, monkeypatch):
    path, reads, kept = await house.link(), [], house.bot.accounts.store.kept

    async def counted(school_id: str) -> object:
        reads.append(school_id)
        return await kept(school_id)

    monkeypatch.setattr(house.bot.accounts.store, "kept", counted)
    assert (await house.client.post(path)).status == 200
    assert reads == [LIPA.id]


@pytest.mark.parametrize("button", [(), ("Указания за родителите",)])
async def test_a_number_in_a_name_is_on_no_paper(house, tmp_path, button):
    numbered = person(48, "Явор 4549070385 Пробен", "", LIPA, teams=OF_1A, grade="1")
    house.bot.accounts.add(LIPA, numbered)
    house.bot.directory.people = (*house.bot.directory.people, numbered)
    paper = await house.paper(tmp_path, "1 а", *button)
    assert "Явор •••••• Пробен" in paper
    assert "4549070385" not in paper


@pytest.mark.parametrize("change", ["late", "teacher now", "another school"])
async def test_who_is_not_the_director_of_that_school_any_more_gets_nothing(house, change):
    path, roles = await house.link(), house.bot.roles.facts
    if change == "late":
        house.bot.clock.move(minutes=10)
    elif change == "teacher now":
        roles[DIRECTOR] = RoleFacts(
            DIRECTOR,
            exists=True,
            enabled=True,
            username="a.b@edu.mon.bg",
            education_role=Kind.TEACHER,
            schools=(LIPA,),
        )
    else:
        roles[DIRECTOR] = replace(roles[DIRECTOR], username="2990002@edu.mon.bg")
    assert (await house.client.post(path)).status == 410


async def test_while_the_directory_does_not_answer_the_link_stays_good(house):
    path = await house.link()
    house.bot.roles.fail_with = DirectoryUnavailable("x")
    assert (await house.client.post(path)).status == 503
    house.bot.roles.fail_with = None
    assert (await house.client.post(path)).status == 200


async def test_what_is_on_the_paper_is_what_is_so_when_it_is_fetched(house, tmp_path):
    path = await house.link()
    bot = house.bot
    bot.accounts.school.accounts[LIPA.id] = tuple(
        one for one in bot.accounts.school.accounts[LIPA.id] if one.person != DARYA.id
    )
    bot.clock.move(minutes=5)
    bot.directory.people = tuple(one for one in bot.directory.people if one is not DARYA)
    response = await house.client.post(path)
    paper = opened(await response.read(), tmp_path, "pdftotext", "-layout", pin=None)
    assert GALYA.name in paper
    assert LONG not in paper


async def test_offering_and_fetching_are_on_the_record_without_a_name(house):
    assert (await house.client.post(await house.link())).status == 200
    kept = [one for one in house.bot.links.one_time_links.entries if one.action == "account.paper"]
    assert [(one.actor, one.subject, one.outcome, one.detail) for one in kept] == [
        (DIRECTOR, LIPA.id, "offered", {"paper": "protocol", "people": "2"}),
        (DIRECTOR, LIPA.id, "downloaded", {"paper": "protocol", "people": "2"}),
    ]


async def test_the_page_says_what_it_is_in_both_languages_and_names_nobody(house):
    for path in (await house.link(), await house.link("1 а", "Указания за родителите")):
        page = await (await house.client.get(path)).text()
        assert ("Протокол за предаване" in page) or ("Указания за родителите" in page)
        assert ("Record of the hand-over" in page) or ("Sheets for parents" in page)
        assert GALYA.name not in page
        assert page.count("<form") == 2


@pytest.mark.parametrize("page", ["slip", "link", "accounts", "paper", "listed", "region"])
def test_every_page_says_when_it_cannot_that_the_address_is_still_good(page):
    catalog = Catalog.load()
    assert "адресът още важи" in catalog.speak("bg")(f"{page}-page-trouble")
    assert re.search("the address (is still good|still works)", catalog.speak("en")(f"{page}-page-trouble"))
