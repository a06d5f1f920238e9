"""What is recognised by its form and not by a list of words: numbers, usernames, classes, and what is not a request.

Every pattern is linear, or bounded by a small count, on any input.
"""

import re

from bot.core.people.phones import phones_in

_DOMAIN = re.compile(r"@?\bedu[ .]?mon[ .]?bg\b", re.IGNORECASE)
_SHAPES = (
    ("login", "\ue000", re.compile(r"\b[a-z]{2}\d{7,8}\b|[\w.+-]{1,64}@\w+", re.IGNORECASE)),
    ("number", "\ue001", re.compile(r"(?<!\d)\d(?:[ .-]?\d){8,9}(?!\d)")),
    ("code", "\ue002", re.compile(r"(?<!\d)\d{6,7}(?!\d)")),
    (
        "group",
        "\ue003",
        re.compile(
            r"(?<![^\W_])(?:1[0-2]|[1-9]|първи|втори|трети|четвърти|пети|шести|седми|осми|девети|десети"
            r"|едина(?:десе|йсе)ти|двана(?:десе|йсе)ти)[ .-]?[\x22„“]?[а-иa-hv](?![^\W_])[\x22“”]?(?: клас\b)?",
            re.IGNORECASE,
        ),
    ),
)
_NAMES = {mark: name for name, mark, _ in _SHAPES}
_WORD = re.compile(r"[^\W_]+|[\ue000-\ue003]")
_SURNAME = re.compile(r"[А-Я][а-я]{2,14}(?:[оеё]ва?|ск[иа])|[A-Z][a-z]{2,14}(?:[oe]va?|off|sk[iay])")
_NAME = re.compile(r"[А-Я][а-я]{2,14}(?:ов|ева?|ова)")
_MARKUP = re.compile(
    r"<[a-z!/?]|javascript:|\{[\{%]|\$\{|\.\./|--|\A\s{0,9}(?:=|[\[{]\s{0,9}\x22)"
    r"|\b(?:select|insert|update|delete|drop|union)\b.{0,100}\b(?:from|into|set|table|select)\b"
    r"|\bor\s1\s?=\s?1",
    re.IGNORECASE,
)

_MOST_WORDS = 60
"""A request is short; what follows the first words of a long text decides nothing."""
_LONGEST_WORD = 40


def words_of(text: str) -> list[str]:
    """The first words of a text, in order. What has a shape stands there as a mark that `shape_of` names; telephone
    numbers say nothing.
    """
    for start, end in reversed(phones_in(text)):
        text = f"{text[:start]} {text[end:]}"
    text = _DOMAIN.sub(" ", text.replace("'", "").replace("’", ""))
    for _, mark, pattern in _SHAPES:
        text = pattern.sub(f" {mark} ", text)
    words = _WORD.finditer(text)
    return [word[0][:_LONGEST_WORD] for word, _ in zip(words, range(_MOST_WORDS), strict=False)]


def shape_of(word: str) -> str | None:
    """`login`, `number`, `code` or `group` for a mark, `surname` for a word that ends like one, None for another."""
    return _NAMES.get(word) or ("surname" if _SURNAME.fullmatch(word) else None)


def is_name(word: str) -> bool:
    """Whether a word can be nothing but somebody's surname: no misspelt word is looked for in it."""
    return _NAME.fullmatch(word) is not None


def is_markup(text: str) -> bool:
    """Whether this is what nobody writes to a bot in earnest: markup, formulas, templates, queries, paths."""
    return _MARKUP.search(text) is not None
