"""Heads of columns, as НЕИСПУО's pages, programs of schools and people write them."""

import hashlib
import re
from collections.abc import Sequence

from bot.core.lists.model import ColumnMeaning, ListKind

M = ColumnMeaning
_LOOK_ALIKES = str.maketrans("aeopcxykmthb", "аеорсхукмтнв")
_CYRILLIC = re.compile(r"[а-я]")
_CYRILLIC_WORD = re.compile(r"[а-яѝ]+")
_WORDS = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(r"[\w.]@\w")
_LETTER, _NUMBER = re.compile(r"[^\W\d_]"), re.compile(r"\d+")
_LONGEST_HEAD = 60
_COMPUTERS = re.compile(
    r"e|e?mail|id|user|(?:user)?name|login|account|role|class|grade|school|phone|first|middle|last"
    r"|google|microsoft|office|365|teams|azure|edu|mon|bg"
)
"""Words of heads that are not Cyrillic, and may be shown."""

_OF_ACCOUNTS = r"\b(?:office|microsoft|акаунт|профил|потребителск)"
_HEADS: Sequence[tuple[ColumnMeaning, str]] = (
    # What must never be read comes first, and what is of somebody else.
    (
        M.SECRET,
        r".*парол.*|.*password.*|.*parol.*|.*\b(?:pass|passwd|passcode|pwd|pin|пин|пинкод|temp|temporary)\b.*",
    ),
    (
        M.SECRET,
        r".*\bкод за (?!неиспуо).*|.*activation.*|.*\btoken\b.*|код на родител.*|таен код|код|.*\bвреме(?:нн|нен).*",
    ),
    (M.SECRET, rf".*{_OF_ACCOUNTS}.*\bкод(?:ове)?\b.*|.*\bкод(?:ове)?\b.*{_OF_ACCOUNTS}.*"),
    (M.NOTHING, r".*(?:родител|настойник|майка|баща|parent|guardian|mother|father|контакт).*"),
    (M.NOTHING, r"(?:класен|класни).*|учител по.*|име на институция.*|училище.*|институция.*|director.*|директор.*"),
    (M.SCHOOL, r"код по неиспуо.*|код по админ.*|код на (?:училище|институция|институцията|училището).*"),
    (M.SCHOOL, r"school ?code|institution ?(?:code|id)|school ?number|неиспуо код"),
    (
        M.USERNAME,
        r"(?:\w+ ){0,3}потребителск\w* име\w*.*|потребител|username|user ?name|user ?principal ?name|upn|лон",
    ),
    (
        M.USERNAME,
        r"личен образователен номер.*|(?:образователен |електронен |личен |мон )*(?:профил|акаунт)(?: в .*| мон)?",
    ),
    (M.USERNAME, r".*edu mon bg.*|(?:служебен )?(?:[eе] ?mail|имейл|мейл)(?: адрес)?|email ?address"),
    (M.USERNAME, r"(?:ел |електронна )?поща|(?:e ?mail|имейл) на учени\w+|потреб\w* име"),
    (M.USERNAME, r"login|логин|account|активен акаунт|mail|активна поща|microsoft 365.*|office 365.*|вход"),
    (M.IDENTIFIER, r"егн.*|.*\bегн|лнч.*|идентификатор.*|единен граждански номер.*|identifier|egn.*|ident|идн"),
    (M.IDENTIFIER, r"служебен номер.*|личен номер.*|lnch.*|национален идентификатор"),
    (M.LETTER, r"буква.*|паралелка.*|letter|section"),
    (M.CLASS, r"клас(?:ове)?|клас паралелка|class(?: ?name)?|mainclassname|осн\w* (?:паралелка|клас)|випуск|grade"),
    (M.CLASS, r"клас и паралелка|група|клас група|група паралелка|grades"),
    (M.FIRST, r"собствено(?: име)?|първо име|лично име|first ?name|given ?name"),
    (M.MIDDLE, r"презиме|бащино(?: име)?|middle ?name|второ име"),
    (M.LAST, r"фамилия|фамилно(?: име)?|last ?name|family ?name|surname|трето име"),
    (
        M.NAME,
        r"име(?:на)?|(?:три|трите|две|двете|пълни?|пълно) име(?:на)?.*|име (?:и|презиме).*фамилия|name|full ?name",
    ),
    (
        M.NAME,
        r"display ?name|student(?: ?name)?|име(?:на)? на (?:дете|учени|учител|служител|лице)\w*.*|фамилия и име",
    ),
    (M.NAME, r"учени(?:к|ци|чка)\w*|ученик ученичка|дете|учител|учители|служител|детето|ученик \w+ имен\w*"),
    (M.KIND, r"роля|тип|вид|длъжност|role|primary ?role|позиция|вид потребител"),
    (M.NOTHING, r"n|no|nr|номер|по ред|по ред номер|(?:номер )?в клас\w*|ном|пореден номер|учебна година|срок"),
    (M.NOTHING, r"(?:одобрен|подписан) лод|учебни години без.*|активен|контроли|код в azure|забележк\w*|бележк\w*"),
    (M.NOTHING, r"(?:мобилен )?телефон.*|тел|дата.*|пол|адрес.*|гражданство"),
    (M.NOTHING, r"подпис.*|статус|посока|форма.*|националност|месец"),
)
_COMPILED = [(meaning, re.compile(pattern)) for meaning, pattern in _HEADS]
_PERSONAL = frozenset({M.NAME, M.FIRST, M.LAST, M.USERNAME, M.IDENTIFIER})
_USERNAMES = frozenset({"лон", "личен образователен номер"})
_SURELY = frozenset({"код в azure", "код по неиспуо", "код за дневник", "контроли"})
_DIRECTORS_PAGE = _SURELY | {"лон", "име на институция", "активен"}
_TEACHERS_PAGE = frozenset({"личен образователен номер", "три имена", "паралелка", "код за дневник", "контроли"})
_EVERY_PAGE = frozenset({"имена", "идентификатор"})
"""Heads of the register's two pages of people. A school's own list may have these two."""
_NAMES = frozenset({M.FIRST, M.MIDDLE, M.LAST})


def head(cell: str) -> str:
    """The words of a head in small letters; Latin letters in a Cyrillic word are meant to be Cyrillic."""
    words = _WORDS.findall(cell.casefold())
    return " ".join(word.translate(_LOOK_ALIKES) if _CYRILLIC.search(word) else word for word in words)


def meanings(heads: Sequence[str]) -> tuple[ColumnMeaning | None, ...]:
    """What each head means as far as it is known; None for others, for an empty one that has something beside, and
    for an address: „@edu.mon.bg“ stands in heads, but not behind a username.
    """
    words = ["" if _ADDRESS.search(cell) else head(cell) for cell in heads]
    found = [_meaning(each) for each in words]
    if _is_people_page(words):  # its Идентификатор is the register's own number of the person
        own = [each.startswith("идентификатор") for each in words]
        found = [M.NOTHING if registers else one for registers, one in zip(own, found, strict=True)]
    if _NAMES & {one for one in found if one}:
        found = [M.FIRST if each == "име" else one for each, one in zip(words, found, strict=True)]
    if M.CLASS not in found and M.LETTER in found:
        found = [M.CLASS if one is M.LETTER else one for one in found]
    return tuple(found)


def may_be_people_page(heads: Sequence[str]) -> bool:
    """Whether all that stands here may be the page's, with those columns hidden by which it is known."""
    return {head(cell) for cell in heads if cell} <= _DIRECTORS_PAGE | _EVERY_PAGE


def are_heads(found: Sequence[ColumnMeaning | None]) -> bool:
    """Whether a row whose cells mean this is the row of heads: a note may have one such word, too."""
    known = [one for one in found if one is not None]
    return len(known) >= 2 and bool(_PERSONAL & set(known))


def kind_of(heads: Sequence[str]) -> ListKind:
    """By what the table is recognised."""
    words = {head(cell) for cell in heads}
    if {"потребителско име", "първоначална парола"} <= words and words & {"одобрен лод", "подписан лод"}:
        return ListKind.CLASS_PAGE
    return ListKind.PEOPLE_PAGE if _is_people_page(list(words)) else ListKind.TABLE


def fingerprint(heads: Sequence[str], shapes: Sequence[str], file: str, school_code: str) -> str:
    """What tells these heads from others. Without heads, the shapes of what stands below, in a file with a name like
    this one, of this school: of two such tables one may have the parent where the other has the child.
    """
    if any(heads):
        told = [head(cell) for cell in heads]
    else:
        name = _LETTER.sub("a", _NUMBER.sub("0", file.casefold()))
        told = [*(f"#{shape}" for shape in shapes), f"#{name}", f"#{school_code}"]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:32]


def shown_head(cell: str) -> str:
    """A head as a question may show it: Cyrillic words and those of computers. A row that was taken for heads may be
    none, so all else may be a password or the number of a person, and is dots.
    """
    return " ".join(part if _is_plain(part) else "•••" for part in cell[:_LONGEST_HEAD].split())


def _is_plain(part: str) -> bool:
    words = head(part).split()
    if not words:
        return len(part) == 1
    return all(_CYRILLIC_WORD.fullmatch(word) or _COMPUTERS.fullmatch(word) for word in words)


def _meaning(words: str) -> ColumnMeaning | None:
    return next((meaning for meaning, pattern in _COMPILED if pattern.fullmatch(words)), None) if words else None


def _is_people_page(words: Sequence[str]) -> bool:
    """Whoever exports it may have hidden any of its columns."""
    there = set(filter(None, words))
    own = _TEACHERS_PAGE if "личен образователен номер" in there else _DIRECTORS_PAGE
    return bool(there & own) and (there <= own | _EVERY_PAGE or bool(there & _USERNAMES and there & _SURELY))
