"""One word for one thing: words that were given up do not come back, in any text that is shown.

What people type is no text of ours: the `words-` lists keep every word that is said.
"""

import json
import re
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, ast
from fluent.syntax.serializer import serialize_pattern

from bot.texts.catalog import LANGUAGES, Catalog
from tests.conversations.bot import DIALOG_NAMES

ROOT = Path(__file__).parents[3]

GIVEN_UP: dict[str, dict[str, str]] = {
    "bg": {
        r"\bкарт(а|ата|и|ите)\b": "a bank card or an identity card; what is sent is „съобщение“, what is filled in „формуляр“",
        r"\bрегист(ър|ъра|ърът|ри|рите)\b(?! на институциите)": "НЕИСПУО is a register and is called by its name; what "
        "the bot records is its „журнал“, where it keeps things its „база данни“",
        r"\bдневни(к|ка|кът|ци|ците)\b": "in a school this is the diary of a class; the audit log is „журнал“",
        r"\bклас(ове|овете|а|ът)\b": "a class team is „класна стая“, a group of students „паралелка“",
        r"(?<!\} )\bклас\b": "the same; only behind the name of a class („5 а клас“), and for the grade",
        r"\bвръзк": "it was the row of НЕИСПУО and the address of a page: „класна стая“, „адрес“, „страница“",
        r"\bда бъд(е|ат) попитан|\bбъде търсен": "a passive nobody speaks; say who asks or searches",
        r"\bизточникът\b": "translated word by word: „данните идват от НЕИСПУО“",
        r"\bчак(а|ат) Вас\b": "translated word by word: „очаква действие от Вас“",
        r"\bотива в РУО\b": "„отнесено към РУО“, as everywhere",
        r"Няма какво да се прави": "says that nothing helps, where nothing is needed",
        r"Така не може|^Не стана$|^Прието е$|[Уу]редено е": "too familiar for a letter to a director",
        r"\bПровери\b|^Потвърждавам$|^Удостоверявам$|^Поискайте създаване": "a button is a verbal noun: „Проверка“, „Потвърждаване“",
        r"\bнеуспешните\b": "they are children: „ученици без парола“",
        r"[Нн]омер за справка": "a look-up is „справка“: „номер на грешката“",
        r"\b(Има|Няма) го\b|Очаква се, но": "a riddle: who has what? „Липсва в Teams“",
        r"\bоттук\b": "from where? Say by what: „чрез бота“",
        r"^Кой действа$": "what is meant is who has to: „Кой трябва да действа“",
        r"при нас\b|при тях$": "the same words are read by both schools",
        r"\bизда(йте|дете)\b": "a password is „създадена“, as on every button",
        r"\bпарола(та)? работи\b|\bтя вече не работи\b|\bспр(е|ат) да важ": "of a password: „действа“",
        r"\bняма какво да се предава\b": "„няма профили за предаване“, as РУО reads it",
        r"\bдруг директор\b|\bдиректорите на училището\b": "a school has one director; others have „права на директор“",
        r"\}-[а-я]": "an ordinal made of a number is wrong for most: 1-ви, 2-ри, 3-ти, 7-ми; „№ { $n }“",
        r"\b(показва се|се показва) (само )?веднъж": "a password can be shown again for two minutes: „за кратко“",
        r"\bпри прием\b": "the service is called „приемане“",
        r"\bс един бутон\b": "there are several, with a question and a reason: „направо от съобщението“",
        r"\bкоя колона каква\b": "„коя колона какво съдържа“",
    },
    "en": {
        r"\bcards?\b": "a bank card or an identity card; a message, a form",
        r"\bregisters?\b(?! of institutions)": "NEISPUO is called by its name; the bot has a log and a database",
        r"\bclass (links?|teams?)\b": "a class team is a classroom, a group of students a class",
        r"\blinks?\b": "it was the row of NEISPUO and the address of a page: classroom, address, page",
        r"\bstays the source\b|\bagain and again\b|\bwaiting for you\b": "translated word by word",
        r"^Nothing to do": "says that nothing helps, where nothing is needed",
        r"\bI confirm\b|^I attest it$": "a button is not in the first person",
        r"\bthe failed ones\b|\bthe successful ones\b": "they are children",
        r"\bturn to\b": "translated word by word: contact",
        r"\bissue a\b": "a password is created, as on every button",
        r"\bworks no more\b|\bis to be done\b": "translated word by word",
        r"\banother director\b|\bschool's directors\b": "a school has one director",
        r"\}-?(st|nd|rd|th)\b": "an ordinal made of a number: “no. { $n }”",
        r"\bReference:": "the number of the error, as people are told to pass it on",
    },
}
"""Pattern → why, and what is said instead."""

ALLOWED = {
    "bg": {
        "card-result-grade": "the grade itself",
        "transfer-not-ours": "a button of the school that answers",
        "about-terms-hand": "the diary of a class is what is meant",
        "refusal-not-class-teacher": "the name of a lesson, „Час на класа“",
        "parent-trouble-diary": "the same, by the name of its code",
        "parent-help-diary": "the same",
        "about-kept-copies": "the technical log of the service",
        **dict.fromkeys(
            (
                "handing-parents-nobody",
                "command-intake-hint",
                "intake-lead",
                "intake-closed",
                "accounts-intake-do",
                "refusal-intake-closed",
                "refusal-intake-grade",
                "filled-grade",
                "filled-gradeless",
            ),
            "the grade itself",
        ),
    },
    "en": {},
}

OF_SERVERS = {
    pattern
    for patterns in GIVEN_UP.values()
    for pattern in patterns
    if re.search(r"регист|дневни|връзк|registers|\\blinks", pattern)
}
"""The register of institutions and of applications, the log, connections: an administrator calls them so."""

_REFERENCE = re.compile(r"\{ [a-z][a-z-]* \}")
"""To another text, which is read by itself."""
_CODE = re.compile(r"`[^`]*`")


def _texts(files: Iterable[Path]) -> dict[str, str]:
    return {
        entry.id.name: " ".join(serialize_pattern(entry.value).split())
        for file in files
        for entry in FluentParser(with_spans=False).parse(file.read_text(encoding="utf-8")).body
        if isinstance(entry, ast.Message) and entry.value is not None and not entry.id.name.startswith("words-")
    }


def administrator_texts(language: str) -> dict[str, str]:
    """What the administrator's check says, by id."""
    return _texts((ROOT / "bot" / "runtime" / "doctor" / language).glob("*.ftl"))


def guide_texts(language: str) -> dict[str, str]:
    """The lines of the administrator's guide, by number; what is to be typed into a terminal is no text."""
    lines = (ROOT / "docs" / f"guide.{language}.md").read_text(encoding="utf-8").split("\n")
    return {f"guide:{number}": _CODE.sub("", line) for number, line in enumerate(lines, 1)}


def shown_texts(language: str, *, whole: bool = False) -> dict[str, str]:
    """Every text of a language that is shown, by id, and what the app's package says of itself. `whole`: with its
    references to other texts.
    """
    files = [
        *(ROOT / "bot" / "dialogs").glob(f"*/{language}.ftl"),
        *(ROOT / "bot" / "texts" / language).glob("*.ftl"),
    ]
    found = {name: text if whole else _REFERENCE.sub("", text) for name, text in _texts(files).items()}
    package = {"bg": "manifest.json", "en": "en.json"}[language]
    told = json.loads((ROOT / "manifest" / package).read_text(encoding="utf-8"))
    of_package = (
        told["description"] if language == "bg" else {name: told[f"description.{name}"] for name in ("short", "full")}
    )
    return found | {f"manifest-{name}": text for name, text in of_package.items()}


def given_up(text: str, language: str) -> list[str]:
    """The patterns that are in the text."""
    return [pattern for pattern in GIVEN_UP[language] if re.search(pattern, text, re.IGNORECASE | re.MULTILINE)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_that_was_given_up_does_not_come_back(language: str) -> None:
    texts = shown_texts(language)
    found = [
        f"{text_id}: {text!r} – {GIVEN_UP[language][pattern]}"
        for text_id, text in texts.items()
        if text_id not in ALLOWED[language]
        for pattern in given_up(text, language)
    ]

    assert len(texts) > 700
    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nor_does_it_to_the_administrator(language: str) -> None:
    """Who speaks of the same things to the schools; of servers and files he has words of his own."""
    texts = administrator_texts(language) | guide_texts(language)
    found = [
        f"{text_id}: {text!r} – {GIVEN_UP[language][pattern]}"
        for text_id, text in texts.items()
        if text_id not in ALLOWED[language]
        for pattern in given_up(text, language)
        if pattern not in OF_SERVERS
    ]

    assert len(texts) > 250
    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_allowed_is_still_said(language: str) -> None:
    texts = shown_texts(language) | administrator_texts(language)

    for text_id in ALLOWED[language]:
        assert given_up(texts[text_id], language), text_id


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("bg", "Отворете картата отново."),
        ("bg", "Тази Карта се обновява сама."),
        ("bg", "Записва се в регистъра."),
        ("bg", "Моля, изберете клас."),
        ("bg", "Класове"),
        ("bg", "Създадена е връзка."),
        ("bg", "Не стана"),
        ("bg", "Изчаква се. Няма какво да се прави."),
        ("bg", "Ако паролата не е записана, издайте нова."),
        ("bg", "Сегашната парола работи и ще спре да важи."),
        ("bg", "Друг директор току-що е създал парола."),
        ("bg", "На { $position }-о място"),
        ("bg", "Паролата се показва веднъж."),
        ("bg", "на проверка при прием и на искане"),
        ("en", "at the { $position }th place"),
        ("en", "If it was not written down, issue a new one."),
        ("en", "Turn to the director."),
        ("en", "This card updates itself."),
        ("en", "The link works once."),
        ("en", "Class links"),
    ],
)
def test_it_would_be_noticed(language: str, text: str) -> None:
    assert given_up(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("bg", "Класни стаи на { $teacher }"),
        ("bg", "временна парола за { $name }, { $class_ } клас"),
        ("bg", "телефона от регистъра на институциите"),
        ("bg", "моля, обърнете се към класния си ръководител"),
        ("en", "the register of institutions"),
        ("en", "Choose a class"),
    ],
)
def test_a_word_that_only_looks_like_one_is_left_alone(language: str, text: str) -> None:
    assert not given_up(text, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_services_are_called_by_nearly_one_word(language: str) -> None:
    """„Искане“ and „искания“ were two services."""
    t = Catalog.load().speak(language)
    words = [t(f"command-{name}-word") for name in DIALOG_NAMES]

    for one, other in combinations(words, 2):
        short = min(len(one), len(other))
        assert one[: max(short - 2, 3)] != other[: max(short - 2, 3)], (one, other)
