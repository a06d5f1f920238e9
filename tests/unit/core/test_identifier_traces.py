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
        "0888123456",  # a telephone number: privacy goes first
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
