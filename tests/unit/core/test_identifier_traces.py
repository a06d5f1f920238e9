import pytest

from bot.core.people.identifier_traces import hold_identifier, without_identifiers


@pytest.mark.parametrize(
    "text",
    [
        "4742080922",
        "справка за 4742080922 моля",
        "ЕГН4742080922",
        "474208092",
        "47 42 08 09 22",
        "474208-0922",
        "474208–0922",
        "474208 / 0922",
        "47.42.08.09.22",
        "4742\u200b080922",
        "４７４２０８０９２２",
        "9999999014",
        "4742080923",  # a wrong check digit is still somebody's number with a slip
        "47420809О22",
        "x4742080922",
        "клас 5 474208 0922",
        "4742\n080922",
    ],
)
def test_identifiers_in_free_text_are_noticed(text):
    assert hold_identifier(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "справка",
        "ip01234567",
        "ip012345678@edu.mon.bg",
        "потребителско име IP01234567.",
        "училище 2990001",
        "299001 и 299002",
        "2990001, 2990002, 2990003",
        "на 15.09.2026 г. в 8:30 ч.",
        "5 б клас, 24 ученици",
        "РУО1-29389/21.10.2020",
        "2026/2027",
    ],
)
def test_usernames_codes_and_dates_are_no_identifiers(text):
    assert not hold_identifier(text)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("преместен, ЕГН 4742080922, от 5 б", "преместен, ЕГН ••••••, от 5 б"),
        ("47 42 08 09 22 и 299001", "•••••• и ••••••"),
        ("４７４２０８", "••••••"),
        ("4742\u200b080922", "••••••"),
        ("474208\u200b-\u200b0922!", "••••••!"),
        ("ip01234567", "ip••••••"),
        ("от 15.09.2026, стая 12345", "от 15.09.2026, стая 12345"),
        ("4742О80922", "••••••"),
        ("", ""),
    ],
)
def test_identifiers_are_taken_out_of_kept_text(text, kept):
    assert without_identifiers(text) == kept


PHONES = (
    "0888123456",
    "0878 123 456",
    "тел. 0878 12 34 56",
    "тел.0888123456",
    "(0888) 123-456",
    "0888/123-456, питайте там",
    "0888–123–456",
    "0\u200b888 123 456",
    "０８８８ １２３ ４５６",
    "+359888123456",
    "+359 888 123 456",
    "00359 888 123456",
    "+359 (0) 888 123 456",
    "+359 2 987 65 43",
    "0888123456, 0899123456",
    "обадете се на 0888 123 456 за 5б",
    "0999 123 456",
)


@pytest.mark.parametrize("text", PHONES)
def test_telephone_numbers_are_no_identifiers(text):
    assert not hold_identifier(text)


@pytest.mark.parametrize("text", ["тел. 0888 123 456", "+359888123456", "0888123456, 0899123456"])
def test_telephone_numbers_stay_in_kept_text(text):
    assert without_identifiers(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "0888123459",  # passes the check of a ЛНЧ
        "0898 123 456",
        "0845123456",  # a birth in 2008 with a wrong check digit
        "08 45 12 34 56",
        "0245123456",
        "02 987 65 43",  # without the country's code it may be an ЕГН that lost a digit
        "888123456",
        "359888123456",
        "ЕГН 0888123456",
        "е.г.н.: 0888 123 456",
        "лнч 0888123456",
        "LNCh 0888123456",
        "служебен номер 0888123456",
        "О888123456",
        "0888123456О",
        "08881234567",
        "0888 47 42 08 09 22",
        "0888123456 4742080922",
        "0888 123 456, 4742080922",
        "4742080922 0888 123 456",
        "+359 4742080922",
        "+35934742080922",
        "тел. 0888 123 456, а на детето 47 42 08 09 22",
        "0888123456/4742 080 922",
    ],
)
def test_what_may_be_an_identifier_is_no_telephone_number(text):
    assert hold_identifier(text)
    assert "4742080922" not in "".join(filter(str.isdigit, without_identifiers(text)))


def test_a_telephone_number_hides_no_identifier_beside_it():
    text = "тел. 0888 123 456, а на детето 47 42 08 09 22"

    assert without_identifiers(text) == "тел. 0888 123 456, а на детето ••••••"
