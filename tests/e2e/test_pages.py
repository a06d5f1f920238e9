"""The pages outside the chat in a browser: both themes, a phone's width, keyboard alone, dropped files, without JavaScript."""

import itertools
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.core.class_links.expected import RowFault
from tests.e2e.playground import PATIENCE, PICTURES, TWO_FRAMES
from tests.unit.documents.test_rosters import sds

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

ROOT = Path(__file__).parents[2]
AUDIT = (Path(__file__).parent / "audit.js").read_text(encoding="utf-8")
DAMAGED = {
    "users": sds()["users.csv"].decode() + "t3,ivan.chuzhd@outlook.com,,\n",
    "enrollments": sds()["enrollments.csv"].decode() + "101,t1,professor\n101,nobody,teacher\n101,t1,guardian\n",
}
LARGE = sds(
    users=sds()["users.csv"].decode() + "".join(f"x{n},ученик{n}@outlook.com,Име,Друго\n" for n in range(40_000))
)
"""About 2 MB, with 40,000 rows to leave out."""

Theme = Literal["light", "dark"]
Open = Callable[..., Page]


@dataclass
class Served:
    """The pages, and links that nobody has used yet."""

    url: str
    table: str
    slips: str
    people: str
    paths: list[str] = field(default_factory=list)

    def upload(self) -> str:
        return self.url + self.paths.pop()


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.integration.page_server"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    try:
        told = json.loads(process.stdout.readline())
        url = f"http://127.0.0.1:{told['port']}"
        yield Served(url, url + told["table"], url + told["slips"], url + told["people"], told["paths"])
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture
def opened(browser: Browser) -> Iterator[Open]:
    """Opens a page in a browser of its own; whatever the browser complains of fails the test."""
    contexts, complaints = [], []

    def open_(address: str, *, width: int = 1280, scripts: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            locale="bg-BG",
            java_script_enabled=scripts,
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address)
        return page

    yield open_
    for context in contexts:
        context.close()
    # The browser calls an answer with an error's status, or none, a failure to load; anything else is a fault of the page.
    assert [said for said in complaints if not said.startswith("Failed to load resource")] == []


def files(folder: Path, **changes: str) -> list[Path]:
    """The list as files."""
    folder.mkdir(exist_ok=True)
    written = []
    for name, raw in sds(**changes).items():
        (folder / name).write_bytes(raw)
        written.append(folder / name)
    return written


def drop(page: Page, given: dict[str, str], *, into: str = "body") -> None:
    """Files dragged over the page and let go, as a browser tells it."""
    carried = page.evaluate_handle(
        """given => { const carried = new DataTransfer();
        for (const [name, text] of Object.entries(given)) carried.items.add(new File([text], name));
        return carried; }""",
        given,
    )
    page.dispatch_event(into, "dragover", {"dataTransfer": carried, "bubbles": True, "cancelable": True})
    assert page.evaluate("document.body.classList.contains('over')")
    page.dispatch_event(into, "drop", {"dataTransfer": carried, "bubbles": True, "cancelable": True})
    assert not page.evaluate("document.body.classList.contains('over')")


def texts(**changes: str) -> dict[str, str]:
    return {name: raw.decode() for name, raw in sds(**changes).items()}


def rows(page: Page, part: str = "main > table") -> list[list[str]]:
    return [row.locator("th, td").all_inner_texts() for row in page.locator(f"{part} tbody tr").all()]


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.className || document.activeElement.tagName"))


LOOKS: tuple[tuple[Theme, int], ...] = (("light", 320), ("dark", 1280), ("light", 1280), ("dark", 320))
PICTURED = 2
"""Of how many of them people get a picture."""


def look(page: Page, theme: Theme, width: int) -> None:
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": width, "height": 800})


@pytest.mark.long
def test_every_page_can_be_read_and_pressed(served: Served, opened: Open, tmp_path: Path) -> None:
    """Contrast of all words, size of all that is pressed, labels, headings, language, no sideways scrolling."""
    address = served.url + served.paths[0]
    page = opened(address, width=320)

    def looked_at(name: str, at: str = "", *, picture: bool = True) -> None:
        if at:
            page.goto(at)
        for theme, width in LOOKS[:PICTURED] if picture else ():
            look(page, theme, width)
            page.screenshot(path=PICTURES / f"page-{name}-{theme}-{width}.png", full_page=True)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        for theme, width in reversed(LOOKS):
            look(page, theme, width)
            assert page.evaluate(AUDIT) == [], f"{name}, {theme}, {width}"

    looked_at("slips", served.slips)
    looked_at("table", served.table, picture=False)
    looked_at("gone", served.url + "/links/list/" + "x" * 42)
    looked_at("support", served.url + "/support")
    for path in ("/?lang=bg", "/?lang=en", "/privacy", "/terms"):
        looked_at(path, served.url + path, picture=False)
    looked_at("upload", address)
    page.locator("input").first.set_input_files(files(tmp_path / "a")[:2])
    drop(page, {"снимка" * 30 + ".jpg": "x", "classes.csv": "0" * (8 * 1024 * 1024 + 1)})
    looked_at("chosen")
    page.goto(address)
    unreadable = tmp_path / ("дълго-име" * 12 + ".zip")
    unreadable.write_bytes(b"no zip")
    page.locator("input").first.set_input_files(unreadable)
    page.get_by_role("button", name="Качване", exact=True).click()
    expect(page.locator("main > .failed")).to_be_focused(timeout=2 * PATIENCE)
    looked_at("long-name", picture=False)
    page.goto(address)
    given = files(tmp_path / "b", **DAMAGED, classes='sourcedId,orgSourcedId,title\n1,"2"x,y\n' * 12)
    page.locator("input").first.set_input_files(given)
    page.get_by_role("button", name="Качване", exact=True).click()
    expect(page.locator("main > .failed")).to_be_focused(timeout=2 * PATIENCE)
    looked_at("faults")
    looked_at("people", served.people)
    one = strange_list(tmp_path)
    another = one.with_name("друга.csv")
    another.write_bytes(one.read_bytes())
    page.locator("input").first.set_input_files([one, another])
    page.get_by_role("button", name="Изпращане", exact=True).click()
    expect(page.locator("main > .done")).to_be_focused(timeout=2 * PATIENCE)
    expect(page.locator("main > form fieldset")).to_have_count(1)
    expect(page.locator("main > form fieldset")).to_contain_text("важи и за още 1 таблица")
    looked_at("columns")


def strange_list(folder: Path, head: str = "едно") -> Path:
    """A table of which nobody knows the columns, with a long name and long heads."""
    file = folder / ("наша таблица " * 8 + ".csv")
    heads = [head * 20, *(f"нещо {number}" for number in range(8))]
    rows = [["Абв" * 12, *("друго" for _ in range(8))], ["вгд", *("трето" for _ in range(8))]]
    file.write_text("\n".join(";".join(row) for row in (heads, *rows)), encoding="utf-8")
    return file


@pytest.mark.long
@pytest.mark.parametrize("scripts", [True, False])
def test_columns_are_told_with_the_keyboard_and_the_file_stays_chosen(
    served: Served, opened: Open, tmp_path: Path, scripts: bool
) -> None:
    """With the script the file need not be chosen again; without it the form works all the same."""
    page = opened(served.people, width=320, scripts=scripts)
    given = strange_list(tmp_path, "две" if scripts else "три")  # what was told once is not asked again
    page.locator("input").first.set_input_files(given)
    page.get_by_role("button", name="Изпращане", exact=True).press("Enter")
    first = page.locator("main > form fieldset select").first
    first.wait_for(timeout=2 * PATIENCE)
    first.select_option("name")
    page.locator("main > form[data-columns] button").press("Enter")
    expect(page.locator("main > .done")).to_contain_text("Колоните са запомнени", timeout=2 * PATIENCE)
    chosen = page.evaluate("document.querySelector('main > form input').files.length")
    assert chosen == (1 if scripts else 0)


def test_what_will_not_be_sent_is_not_called_ready_and_an_old_workbook_is_told_what_to_do(
    served: Served, opened: Open, tmp_path: Path
) -> None:
    page = opened(served.people)
    status = page.get_by_role("status").first
    drop(page, {"снимка.jpg": "x"})
    expect(page.locator("main > form li")).to_contain_text("няма да бъде изпратен")
    expect(status).to_have_text("Няма файл .xlsx, .csv, .txt или .zip.")
    old = tmp_path / "стар.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0" + b"0" * 100)
    page.locator("input").first.set_input_files(old)
    expect(status).to_have_text("Файловете са готови за изпращане.")
    page.get_by_role("button", name="Изпращане", exact=True).click()
    expect(page.locator("main > .failed")).to_be_focused(timeout=2 * PATIENCE)
    expect(page.locator("main")).to_contain_text("стар.xls: Файлът е .xls или е защитен с парола.")


@pytest.mark.long
def test_too_many_files_are_counted_before_they_are_sent(served: Served, opened: Open) -> None:
    page = opened(served.people)
    drop(page, {f"клас {number}.csv": "x" for number in range(101)})
    sent = []
    page.on("request", lambda request: sent.append(request.method))
    status = page.get_by_role("status").first
    expect(status).to_contain_text("най-много 100 наведнъж")
    page.get_by_role("button", name="Изпращане", exact=True).click()
    expect(status).to_contain_text("най-много 100 наведнъж")
    assert sent == []
    page.get_by_role("button", name="Премахване: клас 7.csv", exact=True).click()
    expect(status).to_have_text("Файловете са готови за изпращане.")


def test_the_keyboard_alone_uploads_a_list(served: Served, opened: Open, tmp_path: Path) -> None:
    page = opened(served.upload())
    page.on("filechooser", lambda chooser: chooser.set_files(files(tmp_path)))
    page.evaluate(TWO_FRAMES)  # else a key is pressed before the page is drawn and the listener there
    page.keyboard.press("Tab")
    assert focused(page) == "INPUT"
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_have_text(
        "Всички файлове са избрани. Натиснете „Качване“.", timeout=PATIENCE
    )
    stops = []
    for _ in range(5):
        page.keyboard.press("Tab")
        stops.append(
            page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.innerText")
        )
        assert page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)") >= 2
    assert stops[-1] == "Качване"
    assert sorted(stops[:4]) == [f"Премахване: {name}" for name in sorted(sds())]
    page.keyboard.press("Enter")
    expect(page.locator("main > .done")).to_be_focused(timeout=2 * PATIENCE)
    expect(page.locator("main > .done")).to_contain_text("Списъкът е приет: 2 класни стаи.")
    expect(page).to_have_title("Готово: Качване на списъка от НЕИСПУО")


@pytest.mark.long
def test_dropped_files_are_told_apart_added_up_and_taken_back(served: Served, opened: Open) -> None:
    page = opened(served.upload())
    given = texts()
    drop(page, {"снимка.jpg": "x", "users.csv": given["users.csv"], "ORGS.CSV": given["orgs.csv"]})
    listed = page.locator("main > form li")
    assert [re.sub(r"\s+", " ", one) for one in listed.all_inner_texts()] == [
        "снимка.jpg Не е нужен и няма да бъде качен. Премахване",
        "users.csv 1 KB – готов Премахване",
        "ORGS.CSV 1 KB – готов Премахване",
        "classes.csv Липсва. Изберете файла с точно това име.",
        "enrollments.csv Липсва. Изберете файла с точно това име.",
    ]
    sent = []
    page.on("request", lambda request: sent.append(request.method))
    page.get_by_role("button", name="Качване", exact=True).click()
    expect(page.get_by_role("status").first).to_have_text("Още липсват файлове.")
    assert focused(page) == "files"
    drop(page, {"classes.csv": given["classes.csv"], "enrollments.csv": "0" * (8 * 1024 * 1024 + 1)}, into="h1")
    expect(listed.last).to_contain_text("По-голям е от 8 MB.")
    page.get_by_role("button", name="Качване", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("Списъкът е твърде голям")
    assert sent == [], "what cannot be taken is not sent"
    drop(page, {"enrollments.csv": given["enrollments.csv"]})
    page.get_by_role("button", name="Премахване: снимка.jpg").click()
    expect(listed).to_have_count(4)
    assert page.evaluate("[...document.querySelector('input').files].map(file => file.name).sort().join()") == (
        "ORGS.CSV,classes.csv,enrollments.csv,users.csv"
    )
    page.get_by_role("button", name="Качване", exact=True).click()
    expect(page.locator("main > .done")).to_be_focused(timeout=2 * PATIENCE)
    drop(page, given)  # nothing is left to do on this page, and it is not left for the file
    expect(page.locator("main > .done")).to_be_visible()


@pytest.mark.long
def test_a_large_list_on_a_slow_line_shows_how_far_it_is(served: Served, opened: Open, tmp_path: Path) -> None:
    page = opened(served.upload())
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    slow = {"offline": False, "latency": 20, "downloadThroughput": -1, "uploadThroughput": 700 * 1024}
    line.send("Network.emulateNetworkConditions", slow)
    page.evaluate(
        """() => { window.told = [];
        new MutationObserver(() => {
            const told = document.querySelector("[role=status]")?.textContent;
            if (told && told !== window.told.at(-1)) window.told.push(told);
        }).observe(document, { subtree: true, childList: true }); }"""
    )
    for name, raw in LARGE.items():
        (tmp_path / name).write_bytes(raw)
    page.locator("input").first.set_input_files([tmp_path / name for name in LARGE])
    button = page.get_by_role("button", name="Качване", exact=True)
    button.click()
    expect(page.get_by_role("progressbar").first).to_be_visible()
    expect(button).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Enter")  # the button has the focus still: a second press sends nothing a second time
    while page.evaluate("document.querySelector('progress').value") < 20:
        page.wait_for_timeout(20)
    page.screenshot(path=PICTURES / "page-progress.png", full_page=True)
    expect(page.locator("main > .done")).to_be_focused(timeout=2 * PATIENCE)
    told = page.evaluate("window.told")
    percents = [
        int(said.removeprefix("Качване: ").removesuffix(" %")) for said in told if said.startswith("Качване: ")
    ]
    assert len(percents) >= 3
    assert percents == sorted(percents)
    assert all(later - earlier >= 20 for earlier, later in itertools.pairwise(percents)), "not every step is read out"
    assert "Списъкът се чете" in told[-1]
    assert "Пропуснати са 40000 реда" in page.locator("main > table caption").inner_text()
    assert len(rows(page)) == 10


def test_what_is_wrong_stands_beside_its_row_and_the_list_can_be_sent_again(
    served: Served, opened: Open, tmp_path: Path
) -> None:
    page = opened(served.upload())
    page.locator("input").first.set_input_files(files(tmp_path / "a", users="sourcedId\nt1\n"))
    page.get_by_role("button", name="Качване", exact=True).click()
    expect(page.locator("main > .failed")).to_be_focused(timeout=2 * PATIENCE)
    expect(page).to_have_title("Грешка: Качване на списъка от НЕИСПУО")
    assert rows(page) == [
        [
            "users.csv",
            "целият файл",
            "В списъка липсва колона: users.csv: username.",
            "Изтеглете файла отново от НЕИСПУО и го качете, без да го отваряте с Excel.",
        ]
    ]
    page.locator("input").first.set_input_files(files(tmp_path / "b", **DAMAGED))
    page.get_by_role("button", name="Качване", exact=True).click()
    expect(page.locator("main > .done")).to_be_focused(timeout=2 * PATIENCE)
    assert [row[:2] for row in rows(page)] == [
        ["users.csv", "6"],
        ["enrollments.csv", "9"],
        ["enrollments.csv", "10"],
    ]
    assert page.locator("form").count() == 0
    assert len(RowFault) == 11, "a new fault of a row: look at its words in the table, on a phone too"


def test_without_javascript_the_plain_form_works(served: Served, opened: Open, tmp_path: Path) -> None:
    address = served.upload()
    page = opened(address, scripts=False, width=320)
    page.locator("input").first.set_input_files(files(tmp_path / "a", users="sourcedId\nt1\n"))
    page.screenshot(path=PICTURES / "page-without-script.png", full_page=True)
    page.get_by_role("button", name="Качване", exact=True).click()
    expect(page.locator("main > .failed")).to_be_focused(timeout=2 * PATIENCE)
    assert rows(page)[0][:2] == ["users.csv", "целият файл"]
    page.locator("input").first.set_input_files(files(tmp_path / "b"))
    page.get_by_role("button", name="Качване", exact=True).click()
    expect(page.locator("main > .done")).to_be_focused(timeout=2 * PATIENCE)
    page.goto(address)
    page.locator("input").first.set_input_files(files(tmp_path / "b"))
    page.get_by_role("button", name="Качване", exact=True).click()
    expect(page.locator("main > .failed")).to_contain_text("Тази страница вече не е достъпна.")


@pytest.mark.long
def test_an_upload_that_is_cut_says_so_and_goes_on_with_the_same_files(
    served: Served, opened: Open, tmp_path: Path
) -> None:
    page = opened(served.upload())
    page.locator("input").first.set_input_files(files(tmp_path))
    page.route("**/links/**", lambda route: route.fulfill(status=413, body="too much", content_type="text/plain"))
    page.get_by_role("button", name="Качване", exact=True).click()
    status = page.get_by_role("status").first
    expect(status).to_contain_text("Качването прекъсна.", timeout=PATIENCE)
    page.unroute("**/links/**")
    page.context.set_offline(True)
    page.get_by_role("button", name="Качване", exact=True).click()
    expect(page.locator("progress").first).to_be_hidden(timeout=PATIENCE)
    expect(status).to_contain_text("Качването прекъсна.", timeout=PATIENCE)
    page.context.set_offline(False)
    page.get_by_role("button", name="Качване", exact=True).click()
    expect(page.locator("main > .done")).to_be_focused(timeout=2 * PATIENCE)


@pytest.mark.long
def test_who_reads_english_stays_in_english(served: Served, opened: Open) -> None:
    page = opened(served.upload())
    page.get_by_text("In English").click()
    drop(page, texts(**DAMAGED), into="details h2")
    english = page.locator("details[lang=en]")
    assert page.locator("main > form li").count() == 0
    english.get_by_role("button", name="Upload", exact=True).click()
    expect(english.locator(".done")).to_be_focused(timeout=2 * PATIENCE)
    expect(english.locator(".done")).to_contain_text("The list was taken")
    assert [row[0] for row in rows(page, "details table")] == ["users.csv", "enrollments.csv", "enrollments.csv"]
