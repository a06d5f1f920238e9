import pytest

from bot.core.people.usernames import read_username


@pytest.mark.parametrize(
    "typed",
    [
        "ip01234567", "IP01234567", " ip01234567@edu.mon.bg ", "ip01234567@EDU.MON.BG",
        "mailto:ip01234567@edu.mon.bg",
        "<ip01234567@edu.mon.bg>", "ip 0123 4567", "ip01234567 @ edu.mon.bg", "ip\u200b01234567", "ip01234567.",
        "ｉｐ01234567", "MAILTO: ip01234567",
    ],
)  # fmt: skip
def test_one_username_however_it_is_typed(typed):
    assert read_username(typed, "edu.mon.bg") == "ip01234567@edu.mon.bg"


@pytest.mark.parametrize(
    "typed",
    ["x01234567", "x-01234567", "ip_012345678", "ivan.petrov", "ivan.p.petrov", "ivan.petrov2", "maria-ana.petrova"],
)
def test_the_forms_of_the_generator(typed):
    assert read_username(typed, "edu.mon.bg") == f"{typed}@edu.mon.bg"


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "@edu.mon.bg", "ip01234567@", "ip01234567@gmail.com", "ip01234567@edu.mon.bg.evil.com",
        "ip01234567@evil.com@edu.mon.bg", "ip01234567@edu.mon.bg@edu.mon.bg", "ір01234567", "иван.петров",
        "ivan petrov", "x' or externalId ne 'y", "o'neil", "o＇neil", 'a"b', "ip01234567'", "ip%27", "a/b", "a\\b",
        "a..b",        ".ivan", "ivan._p", "4742080922", "a4742080922", "299001", "ip(1)", "ip;1", "ip\x00x", "İvan",
        "ip01234567)",        "a" * 65, "ivan.petrov+x",
    ],
)  # fmt: skip
def test_everything_else_is_refused(typed):
    assert read_username(typed, "edu.mon.bg") is None


def test_a_full_stop_after_the_name_is_punctuation():
    assert read_username("ivan.petrov.", "edu.mon.bg") == "ivan.petrov@edu.mon.bg"
