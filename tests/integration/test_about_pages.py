"""The pages about the service: open to anybody, true to what is kept, plain about what the operator has not said."""

import html
import json
import re
from dataclasses import astuple, fields, replace
from html.parser import HTMLParser

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.core.accounts.model import Account
from bot.core.passwords.model import AccountFacts, Timing
from bot.core.people.model import Person
from bot.database import engine  # noqa: F401 -- brings in every table
from bot.database.kept_states import RECEIPTS_KEPT
from bot.database.tables import metadata
from bot.dialogs import DIALOGS
from bot.dialogs.described import described
from bot.runtime.about_pages import PAGES, Operator, add_about_routes, kept, language_asked
from bot.texts.catalog import LANGUAGES, Catalog
from bot.texts.support import Support
from manifest.build import FOLDER
from tests.integration.test_slip_pages import check_headers, check_policy

CATALOG = Catalog.load()
WHOLE = Operator(
    name="Примерна <дирекция>",
    address="София 1000, ул. „Примерна“ 1",
    email="help@example.bg",
    phone="02 000 00 00",
    officer="А. Примерна, dpo@example.bg",
)


async def client_of(operator: Operator) -> TestClient:
    app = web.Application()
    add_about_routes(app, CATALOG, operator)
    client = TestClient(TestServer(app))
    await client.start_server()
    return client


@pytest.fixture
async def visitor():
    client = await client_of(WHOLE)
    yield client
    await client.close()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_page_opens_without_signing_in_in_the_language_asked_for(visitor, path, language):
    response = await visitor.get(path, headers={"Accept-Language": language})
    shown = await response.text()

    assert response.status == 200
    check_headers(response)
    assert (response.headers["Content-Language"], response.headers["Vary"]) == (language, "Accept-Language")
    assert f'<html lang="{language}">' in shown
    assert f"<h1>{html.escape(PAGES[path][0](CATALOG.speak(language)))}</h1>" in shown
    rest = re.sub(r'<a [^>]*lang="bg">.*?</a>', "", shown)
    for said in astuple(WHOLE):
        rest = rest.replace(html.escape(said), "")
    assert bool(re.search(r"[А-Яа-я]{4,}", rest)) == (language == "bg")


async def test_the_pages_lead_to_each_other_and_to_the_other_language(visitor):
    for path in PAGES:
        for language in LANGUAGES:
            shown = await (await visitor.get(path, params={"lang": language})).text()
            links = re.findall(r'href="([^"]+)"', shown)
            assert {link.partition("?")[0] for link in links if not link.startswith("mailto:")} == set(PAGES)
            for link in links:
                assert link.startswith("mailto:") or (await visitor.get(link)).status == 200
            assert f"{path}?lang={({*LANGUAGES} - {language}).pop()}" in links


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_is_well_formed_runs_nothing_loads_nothing_and_fits_a_phone(visitor, path):
    response = await visitor.get(path)
    shown = await response.text()
    check_policy(response, shown)
    assert not re.search(r"<(script|form|table)\b", shown)
    assert 'name="viewport" content="width=device-width' in shown
    open_tags: list[str] = []

    class Parser(HTMLParser):
        def handle_starttag(self, tag, attrs):
            if tag != "meta":
                open_tags.append(tag)

        def handle_endtag(self, tag):
            assert open_tags.pop() == tag

    Parser().feed(shown)
    assert open_tags == []


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PROPFIND"])
async def test_a_page_can_only_be_read(visitor, method):
    response = await visitor.request(method, "/privacy", data=b"x")
    assert response.status == 405
    assert response.headers["Allow"] == "GET, HEAD"
    check_headers(response)
    assert (await visitor.head("/privacy")).status == 200


async def test_what_the_operator_says_stands_on_the_pages_as_text(visitor):
    shown = await (await visitor.get("/support")).text()
    for told in (WHOLE.name, WHOLE.address, WHOLE.phone, WHOLE.officer):
        assert html.escape(told) in shown
    assert f'<a href="mailto:{WHOLE.email}">{WHOLE.email}</a>' in shown
    assert not [text for text in missing("bg") if text in html.unescape(shown)]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_the_operator_has_not_said_is_said_to_be_missing(language):
    client = await client_of(Operator())
    shown = html.unescape(await (await client.get("/privacy", params={"lang": language})).text())
    await client.close()
    assert [text for text in missing(language) if text not in shown] == []
    assert "mailto:" not in shown


async def test_a_telephone_alone_is_a_contact():
    client = await client_of(replace(Operator(), phone="02 000"))
    shown = html.unescape(await (await client.get("/support")).text())
    await client.close()
    assert "02 000" in shown
    assert CATALOG.speak("bg")("about-missing-contact") not in shown


@pytest.mark.parametrize(
    ("support", "whom"),
    [(Support(), "регионалното управление на образованието (РУО)"), (Support(page="https://b.bg"), "https://b.bg")],
)
async def test_the_page_sends_directors_where_the_chat_does(support, whom):
    app = web.Application()
    add_about_routes(app, CATALOG.with_support(support), WHOLE)
    async with TestClient(TestServer(app)) as client:
        shown = html.unescape(await (await client.get("/support", params={"lang": "bg"})).text())
        assert re.search(rf"директорите се обръщат към [^<]*{re.escape(whom)}", shown)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_home_page_says_of_every_service_for_whom_it_is(visitor, language):
    shown = html.unescape(await (await visitor.get("/", params={"lang": language})).text())
    t = CATALOG.speak(language)

    assert all(f"<li>{line}</li>" in shown for line in described(DIALOGS, t))
    for dialog in DIALOGS:
        assert dialog.place != "menu" or f"<li>{t(f'command-{dialog.name}')} (" in shown


def missing(language: str) -> list[str]:
    t = CATALOG.speak(language)
    return [t(text_id) for text_id in sorted(CATALOG.ids) if text_id.startswith("about-missing-")]


def test_every_table_stands_once_on_the_page_of_privacy():
    told = [table for tables, _ in kept(CATALOG.speak("bg")) for table in tables]
    assert len(told) > 20
    assert sorted(told) == sorted(metadata.tables)


PERSONAL = {
    "identifier": ("ЕГН, ЛНЧ или служебен номер", "EGN, LNCh or service number"),
    "born": ("дата на раждане", "date of birth"),
    "name": ("имена", "names"),
    "username": ("потребителско име", "username"),
    "schools": ("училище", "school"),
    "grade": ("паралелка", "class"),
    "class_": ("паралелка", "class"),
    "kind": ("роля", "role"),
    "extension_role": ("роля", "role"),
    "privileged": ("роля", "role"),
    "guest": ("роля", "role"),
    "state": ("състоянието му", "its state"),
    "enabled": ("състоянието му", "its state"),
    "synchronised": ("състоянието му", "its state"),
    "twin": ("състоянието му", "its state"),
    "created": ("кога е създаден", "when it was created"),
    "created_at": ("кога е създаден", "when it was created"),
    "changed": ("кога е сменена паролата", "when its password was changed"),
    "password_changed_at": ("кога е сменена паролата", "when its password was changed"),
    "signed_in": ("кога последно е влизано", "when somebody last signed in"),
    "teams": ("класни стаи и екипи", "classrooms and teams"),
}
"""What is read of a person, field by field: the words for it. `id` and `person` are the directory's own number."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_is_read_of_a_person_stands_on_the_page_of_privacy(language):
    read = {field.name for model in (Person, AccountFacts, Account) for field in fields(model)} - {"id", "person"}
    assert read == set(PERSONAL)
    told = CATALOG.speak(language)("about-data-directory")
    for name, words in PERSONAL.items():
        assert words[language == "en"] in told, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_sees_people_is_named_on_the_page_of_privacy(language):
    told = CATALOG.speak(language)("about-recipients-text")
    seeing = {
        "bg": (
            "Директорът",
            "Упълномощеният",
            "Класният ръководител",
            "учителят",
            "Регионалното управление",
            "родителят",
        ),
        "en": (
            "A director",
            "the director authorises",
            "A class teacher",
            "a teacher",
            "A regional office",
            "the parent",
        ),
    }
    for who in seeing[language]:
        assert who in told


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_page_of_privacy_tells_how_long_everything_is_kept(visitor, language):
    shown = html.unescape(await (await visitor.get("/privacy", params={"lang": language})).text())
    for _, words in kept(CATALOG.speak(language)):
        assert words in shown
    assert str(RECEIPTS_KEPT.days) in shown
    assert str(Timing().lease_seconds) in shown


@pytest.mark.parametrize(
    ("query", "accepted", "language"),
    [
        ({}, "", "bg"),
        ({}, "en-GB,en;q=0.9,bg;q=0.8", "en"),
        ({}, "de-DE, en;q=0.5, bg;q=0.7", "bg"),
        ({}, "fr,de", "bg"),
        ({}, "en;q=0, bg;q=0.1", "bg"),
        ({}, "EN", "en"),
        ({}, "en;q=x", "bg"),
        ({}, "en;q=1.0.0;;", "bg"),
        ({"lang": "en"}, "bg", "en"),
        ({"lang": "<b>"}, "en", "en"),
        ({}, "x," * 10_000 + "en", "bg"),
    ],
)
def test_the_language_of_a_page(query, accepted, language):
    assert language_asked(query, accepted) == language


def test_the_pages_that_the_manifest_names_are_those_served():
    developer = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))["developer"]
    assert {"${website_url}", "${privacy_url}", "${terms_url}"} <= set(developer.values())
    assert {"/", "/privacy", "/terms"} <= set(PAGES)
