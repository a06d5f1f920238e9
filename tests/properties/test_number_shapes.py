"""Every shape in which a number is written, for every kind of identifier: read as the number, or refused by name."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.people.identifier_traces import hold_identifier
from bot.core.people.identifiers import Identifier, IdentifierKind, IdentifierProblem, read_identifier
from tests.properties.strategies import TODAY, egns, lnchs

EGN, LNCH, SERVICE = IdentifierKind
THOUSANDS = {
    "dot": ".",
    "comma": ",",
    "space": " ",
    "nbsp": "\u00a0",
    "narrow": "\u202f",
    "thin": "\u2009",
    "figure": "\u2007",
    "ideographic": "\u3000",
    "apostrophe": "'",
    "swiss": "’",
    "arabic": "٬",
    "middle-dot": "·",
    "underscore": "_",
}
WRAPPINGS = (
    ("", ""), ("'", ""), ("’", ""), ('"', '"'), ("„", "“"), ("«", "»"), ("(", ")"), ("[", "]"), ("{", "}"), ("<", ">"),
    ('="', '"'), ("=", ""), ('"=""', '"""'), ('="ЕГН ', '"'), ("ЕГН:", ""), ("ЕГН №\u00a0", ""), ("Е.Г.Н. ", ""),
    ("ЕГН/ЛНЧ: ", ""), ("ЛНЧ-", ""), ("LNCh ", ""), ("ИДН ", ""), ("служебен номер: ", ""), ("№", ""), ("# ", ""),
    ("Единен граждански номер: ", ""), ("ЕГН на ученика: ", ""), ("с ЕГН ", ","), ("личен номер на чужденец ", "."),
    ("", " (ж)"), ("", "(м)"), ("", " ж"), ("", " (жена)"), ("", " (ЕГН)"), ("", " ЛНЧ"), ("• ", ""), ("- ", ""),
    ("", "."), ("", ","), ("", ";"), ("", ":"), ("", "\r\n"), ("\t", "\t"), ("\ufeff", "\u200b"), ("\u202a", "\u202c"),
    ("\u2066", "\u2069"), ("&nbsp;", "&#160;"), ("**", "**"), ("", " лв."), ("\u200f(", ")\u200e;"), ("’ЕГН: „", "“."),
)  # fmt: skip
DIGITS = (
    "0123456789", "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗", "𝟶𝟷𝟸𝟹𝟺𝟻𝟼𝟽𝟾𝟿",
)  # fmt: skip
FRACTIONS = ("", ".0", ",0", ".00", ",00", ".000", ",0000", "\u066b00")


def of_kind(kind: IdentifierKind) -> st.SearchStrategy[str]:
    if kind is EGN:
        return egns()
    if kind is LNCH:
        return lnchs()
    services = st.from_regex(r"[1-9][0-9]{6,19}", fullmatch=True)
    return services.filter(lambda digits: isinstance(read(SERVICE, digits), Identifier))


def read(kind, typed):
    return read_identifier(kind, typed, TODAY, admit_synthetic=True)


def grouped(digits: str, mark: str) -> str:
    first = len(digits) % 3 or 3
    groups = [digits[:first], *(digits[at : at + 3] for at in range(first, len(digits), 3))]
    return mark.join(groups)


@pytest.mark.parametrize("kind", IdentifierKind)
@settings(max_examples=25)
@given(st.data())
def test_every_wrapping_is_taken_off(kind, data):
    digits = data.draw(of_kind(kind))
    written = digits.translate(str.maketrans("0123456789", data.draw(st.sampled_from(DIGITS))))

    for before, after in WRAPPINGS:
        assert read(kind, before + written + after) == Identifier(kind, digits), (before, after)


@pytest.mark.parametrize("kind", IdentifierKind)
@settings(max_examples=25)
@given(st.data())
def test_thousands_of_every_kind_with_and_without_a_fraction(kind, data):
    digits = data.draw(of_kind(kind))
    before, after = data.draw(st.sampled_from(WRAPPINGS))

    for mark in THOUSANDS.values():
        for fraction in FRACTIONS:
            if fraction.replace("\u066b", ".").startswith(mark):
                continue  # 4.742.080.922.00 can be read in two ways
            written = before + grouped(digits, mark) + fraction + after
            assert read(kind, written) == Identifier(kind, digits), written


@pytest.mark.parametrize("kind", IdentifierKind)
@given(st.data())
def test_a_fraction_of_zeros_and_an_exact_power_of_ten(kind, data):
    digits = data.draw(of_kind(kind))
    point, power = data.draw(st.sampled_from(".,")), data.draw(st.sampled_from(("E+", "E", "e+", "e", "Е+", "×10^")))
    zeros = "0" * data.draw(st.integers(0, 3))

    assert read(kind, digits + data.draw(st.sampled_from(FRACTIONS))) == Identifier(kind, digits)
    scientific = f"{digits[0]}{point}{digits[1:]}{zeros}{power}{len(digits) - 1:02}"
    assert read(kind, scientific) == Identifier(kind, digits)


@given(st.sampled_from(IdentifierKind), st.data())
def test_a_rounded_power_of_ten_is_named_whatever_it_lost(kind, data):
    digits, kept = data.draw(of_kind(kind)), data.draw(st.integers(1, 5))
    mantissa = digits[0] + ("," + digits[1:kept] if kept > 1 else "")

    assert read(kind, f"{mantissa}E+{len(digits) - 1:02}").problem is IdentifierProblem.ROUNDED


@given(st.sampled_from(IdentifierKind), st.text("0123456789.,", min_size=1, max_size=20))
def test_what_is_read_from_points_and_commas_is_read_in_one_way_only(kind, typed):
    found = read(kind, typed)
    if not isinstance(found, Identifier):
        return
    groups = typed.strip(".,").replace(",", ".").split(".")
    thousands = len(groups[0]) < 4 and all(len(group) == 3 for group in groups[1:])
    fraction = len(groups) == 2 and not groups[1].strip("0")
    assert not (thousands and fraction)
    assert found.digits == groups[0] if fraction else "".join(groups).startswith(found.digits)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("4.74E9", IdentifierProblem.ROUNDED),
        ("4,74208E+09", IdentifierProblem.ROUNDED),
        ("4,7E+09 (ж)", IdentifierProblem.ROUNDED),
        ("299.000", IdentifierProblem.TWO_WAYS),
        ("47.42.08.09.22", IdentifierProblem.TWO_WAYS),
        ("474208.0922", IdentifierProblem.TWO_WAYS),
        ("4742080922.5", IdentifierProblem.TWO_WAYS),
        ("4.742,080.922", IdentifierProblem.TWO_WAYS),
        ("474208092200%", IdentifierProblem.NOT_DIGITS),
        ("+4742080922", IdentifierProblem.NOT_DIGITS),
        ("Иван 4742080922", IdentifierProblem.NOT_DIGITS),
        ("##########", IdentifierProblem.EMPTY),
        ("47420809О2,00", IdentifierProblem.LETTER_FOR_DIGIT),
        ("4.742.080.О22", IdentifierProblem.LETTER_FOR_DIGIT),
    ],
)
def test_what_needs_a_guess_is_refused_by_name(typed, problem):
    assert read(EGN, typed).problem is problem


@pytest.mark.parametrize("typed", ["4️⃣7️⃣4️⃣2️⃣0️⃣8️⃣0️⃣9️⃣2️⃣2️⃣", "4̲7̲4̲2̲0̲8̲0̲9̲2̲2̲", "4,74,20,80,922", "4742080922__"])
def test_looks_on_digits_are_not_in_the_way(typed):
    assert read(EGN, typed) == Identifier(EGN, "4742080922")


@pytest.mark.parametrize("mark", THOUSANDS.values(), ids=THOUSANDS)
@pytest.mark.parametrize("fraction", ["", ",00"])
def test_a_number_in_thousands_is_noticed_in_a_chat_too(mark, fraction):
    assert hold_identifier(f"парола за {grouped('4742080922', mark)}{fraction} моля")
