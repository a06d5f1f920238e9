import pytest

from bot.router.folding import readings, spellings


@pytest.mark.parametrize(
    ("listed", "typed"),
    [
        ("помощ", ["ПОМОЩ", "pomosht", "pomo6t", "POMOSHT", "помоощ", "пoмощ"]),
        ("училище", ["uchilishte", "u4ili6te", "училищe"]),
        ("преместване", ["premestvane", "премествaнe", "Пpeмecтвaнe"]),
        ("български", ["bulgarski", "balgarski", "bylgarski", "бългаpски"]),
        ("искания", ["iskaniq", "iskaniya", "iskania", "искaния"]),
        ("връзки", ["vrazki", "vruzki", "vryzki"]),
        ("чакащи", ["chakashti", "4aka6ti"]),
        ("password", ["PASSWORD", "pasword", "passsword"]),
        ("цел", ["cel", "tsel"]),
    ],
)
def test_a_listed_word_is_found_however_it_is_typed(listed: str, typed: list[str]) -> None:
    for word in typed:
        assert set(readings(word)) & set(spellings(listed)), word


def test_a_word_of_one_script_is_read_once_and_a_mixed_one_twice() -> None:
    assert len(readings("парола")) == 1
    assert len(readings("parola")) == 1
    assert readings("пapoла") == ("парола", "папола")


def test_different_words_stay_different() -> None:
    assert not set(spellings("клас")) & set(readings("глас"))
    assert not set(spellings("бележка")) & set(readings("бележник"))
