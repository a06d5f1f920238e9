"""Regions (области) as different records spell them. There are 28; София-град and София-област are two of them."""

import re

from bot.core.people.spelling import law_latin

REGIONS = (
    "Благоевград", "Бургас", "Варна", "Велико Търново", "Видин", "Враца", "Габрово", "Добрич", "Кърджали",
    "Кюстендил", "Ловеч", "Монтана", "Пазарджик", "Перник", "Плевен", "Пловдив", "Разград", "Русе", "Силистра",
    "Сливен", "Смолян", "София-град", "София-област", "Стара Загора", "Търговище", "Хасково", "Шумен", "Ямбол",
)  # fmt: skip
"""In alphabetical order, which is that of НЕИСПУО's RegionID (3 Варна, 22 София-град)."""

_WORD = re.compile(r"\w+")
_PROVINCE = frozenset({"област", "обл", "oblast", "province", "region", "district"})
_CITY = frozenset({"град", "гр", "столица", "столична", "grad", "city", "capital", "stolitsa", "stolichna"})
_SOFIA = frozenset({"софия", "sofia", "sofiya"})
_CYRILLIC = {law_latin(region).casefold(): region.casefold() for region in REGIONS if "-" not in region}
_NAMED = {" ".join(_WORD.findall(region.casefold())): region for region in REGIONS}


def region_key(region: str) -> str:
    """The same for every spelling of one region: "област Варна", "ВАРНА" and "Varna"; "" when no region is named.

    Only for Sofia does the word област tell two regions apart: София-област, and София-град, which is also called
    София (столица) and, by itself, София.
    """
    words = _WORD.findall(region.casefold())
    rest = [word for word in words if word not in _PROVINCE]
    if any(word in _SOFIA for word in rest) and all(word in _SOFIA | _CITY for word in rest):
        whole_province = len(rest) == 1 and len(words) > 1
        return "софия област" if whole_province else "софия град"
    named = " ".join(rest)
    return _CYRILLIC.get(named, named)


def region_named(text: str) -> str:
    """The region in the spelling of `REGIONS`; "" for what is none of the 28 or, as a bare "София", could be two: the
    statistical institute calls София-област so.
    """
    if text.strip().casefold() in _SOFIA:
        return ""
    return _NAMED.get(region_key(text), "")
