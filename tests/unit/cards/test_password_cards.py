"""The cards of one temporary password: what is asked, what is said, and where the password stands."""

from functools import partial

import pytest

from bot.core.passwords.model import PasswordStatus
from cards.account_lines import status_words
from cards.actions import Button, Press
from cards.checked import CardError
from cards.password_confirm import password_confirm_card
from cards.password_state import password_state_card
from cards.search_forms import password_start_card
from tests.gallery.screens import screens
from tests.unit.cards.parts import VOICES, elements, of_type, shown, strictly, strings
from tests.unit.cards.password_parts import (
    APOSTROPHE,
    LONGEST_NAME,
    NAME,
    NO_BIRTH,
    OLDER,
    PASSWORD,
    PERSON,
    REVEAL,
    TEACHER,
    USERNAME,
)

T = VOICES["bg"]
SAMPLES = tuple(sample for sample in screens() if sample.name.startswith(("password-", "class-")))
EVERY = [pytest.param(sample, language, id=f"{sample.name}-{language}") for sample in SAMPLES for language in VOICES]
FIND = Press("password.find", {"seal": "f"})
YES = Button("Потвърждаване", Press("password.confirm", {"seal": "y"}))
NO = Button("Отказ", Press("password.open", {"seal": "n"}))
FORM = ("Input.Text", "Input.ChoiceSet", "Input.Date", "Input.Toggle")


def inputs(card):
    return {part["id"]: part for part in of_type(card, *FORM)}


def values(card):
    return {name: part.get("value") for name, part in inputs(card).items()}


def titles(card, name):
    return [choice["title"] for choice in inputs(card)[name]["choices"]]


@pytest.mark.parametrize(("sample", "language"), EVERY)
def test_what_an_old_client_or_a_notification_shows_is_the_title_alone(sample, language):
    card = sample.card(VOICES[language])
    assert card["fallbackText"] == card["body"][0]["text"]
    for personal in (NAME, *NAME.split(), USERNAME, LONGEST_NAME, APOSTROPHE, PASSWORD, "Zege", "5 б", "407192"):
        assert personal not in card["fallbackText"]


@pytest.mark.parametrize(("sample", "language"), EVERY)
def test_a_name_stands_in_no_button(sample, language):
    for path, text in strings(sample.card(VOICES[language]).get("actions", [])):
        assert not any(personal in text for personal in (*NAME.split(), USERNAME, PASSWORD, "Образцов")), path


@pytest.mark.parametrize(
    "sample", [sample for sample in SAMPLES if "reveal" not in sample.name], ids=lambda s: s.name
)
def test_no_other_card_shows_a_password(sample):
    assert not [path for path, text in strings(sample.card(T)) if "egosa" in text or "ege gosa" in text]


def test_the_password_is_shown_in_groups_read_aloud_and_once_as_it_is_typed():
    card = REVEAL(T, buttons=(YES,))
    found = [text for _, text in strings(card) if "gosa" in text.lower() or "2399" in text or "го-са" in text]
    assert found == ["Zege gosa 2399", "Зе-ге-го-са, две три девет девет", "Zegegosa2399"]
    runs = {run["text"]: run for run in of_type(card, "TextRun")}
    large, copied = runs["Zege gosa 2399"], runs["Zegegosa2399"]
    assert (large["fontType"], large["size"]) == ("monospace", "extraLarge")
    assert copied["fontType"] == "monospace"
    assert not any("italic" in run for run in runs.values())
    for alone in (large, copied):
        assert [line["inlines"] for line in of_type(card, "RichTextBlock") if alone in line["inlines"]] == [[alone]]


def test_the_shown_password_comes_with_its_owner_its_hours_and_how_to_type_it():
    text = shown(REVEAL(T, buttons=(YES,)))
    assert text.index(NAME) < text.index("5 б") < text.index(USERNAME) < text.index("Zege gosa 2399")
    for line in (
        "Чете се: Зе-ге-го-са, две три девет девет",
        "Въвежда се без интервали:\nZegegosa2399",
        "Въвежда се на латиница. Само първата буква е главна. Първо са буквите, след тях – цифрите.",
        "При първото влизане системата ще поиска нова парола.",
        "Действа от: 08:07 ч.",
        "Да се използва до: 27.11.2056 г., 08:05 ч.",
        "Може да бъде показана отново до: 08:07 ч.",
        "Не изпращайте пароли по Viber",
    ):
        assert line in text


@pytest.mark.parametrize(
    ("recipient", "whom"), [("student", "на ученика"), ("parent", "на родителя"), ("teacher", "на учителя")]
)
def test_the_shown_password_says_whom_it_is_to_be_handed_to(recipient, whom):
    text = shown(REVEAL(T, recipient=recipient, buttons=(YES,)))
    assert f"Предайте паролата лично {whom}." in text
    assert text.count("Предайте") == 1


def test_the_search_asks_what_the_look_up_asks_and_no_reason():
    card = password_start_card(
        T,
        find=FIND,
        by_class=YES,
        school="СУ „Климент“",
        kind="lnch",
        typed="9999999014",
        problem="Сгрешен номер.",
        notice="Не е намерен.",
    )
    assert values(card) == {"kind": "lnch", "typed": "9999999014"}
    assert [choice["value"] for choice in inputs(card)["kind"]["choices"]] == [
        "egn", "lnch", "service", "name", "username",
    ]  # fmt: skip
    assert [(action["title"], action["associatedInputs"]) for action in card["actions"]] == [
        ("Търсене", "auto"), ("Потвърждаване", "none"),
    ]  # fmt: skip
    text = shown(card)
    assert text.index("Не е намерен.") < text.index("Търсене по") < text.index("Сгрешен номер.")
    assert "само на ученик или учител от Вашето училище" in text


@pytest.mark.parametrize(
    ("view", "names"),
    [
        (PERSON, ["recipient", "identity", "compromised"]),
        (OLDER, ["recipient", "sen", "identity", "compromised"]),
        (NO_BIRTH, ["recipient", "birth", "sen", "identity", "compromised"]),
        (TEACHER, ["recipient", "identity", "compromised"]),
    ],
    ids=["young", "older", "no-birth", "teacher"],
)
def test_only_what_decides_is_asked(view, names):
    card = view(T)
    assert list(inputs(card)) == names
    required = [name for name, part in inputs(card).items() if part.get("isRequired")]
    assert required == ["recipient", "identity"], "a date or a statement nobody needs must not hold up the form"
    assert card["actions"][0]["title"] == "Напред"


@pytest.mark.parametrize(
    ("view", "words"),
    [
        (PERSON, ["Лично на ученика", "На родител – ученикът не е навършил 14 години"]),
        (OLDER, ["Лично на ученика", "На родител – ученик със специални образователни потребности (СОП)"]),
        (NO_BIRTH, ["Лично на ученика", "На родител – ученикът не е навършил 14 години или е със СОП"]),
        (TEACHER, ["Лично на учителя"]),
    ],
    ids=["young", "older", "no-birth", "teacher"],
)
def test_each_recipient_is_named_with_the_ground(view, words):
    assert titles(view(T), "recipient") == words


def test_nobody_is_suggested_among_several_and_the_only_one_is_chosen():
    assert values(PERSON(T))["recipient"] is None
    assert values(TEACHER(T))["recipient"] == "teacher"
    assert values(TEACHER(T, recipient="parent"))["recipient"] == "teacher"


def test_an_unknown_recipient_or_state_is_an_error_and_not_somebody_else():
    for wrong in (partial(PERSON, choices=("student", "uncle")), partial(PERSON, account_state="deleted")):
        with pytest.raises(CardError, match="no such"):
            strictly(wrong, T)
    with pytest.raises(CardError, match="uncle"):
        strictly(password_confirm_card, T, confirm=YES, cancel=NO, recipient="uncle", class_="5 б", name=NAME)
    with pytest.raises(CardError, match="uncle"):
        strictly(REVEAL, T, recipient="uncle")


def test_what_was_entered_is_given_back():
    entered = partial(NO_BIRTH, recipient="parent", birth="2041-02-28", sen=True, identity=True, compromised=True)  # fmt: skip
    assert values(entered(T)) == {
        "recipient": "parent", "birth": "2041-02-28", "sen": "true", "identity": "true", "compromised": "true",
    }  # fmt: skip
    assert values(NO_BIRTH(T)) == {
        "recipient": None, "birth": None, "sen": "false", "identity": "false", "compromised": "false",
    }  # fmt: skip


@pytest.mark.parametrize("nonsense", ["28.02.2041", "2041-02-29", "<at>", "2041-02-28T00:00:00Z", " "])
def test_a_date_of_birth_that_is_none_is_not_given_back(nonsense):
    card = NO_BIRTH(T, birth=nonsense, recipient="neighbour")
    assert values(card)["birth"] is None
    assert values(card)["recipient"] is None


def test_the_birth_is_explained_and_bounded_and_the_statement_asks_for_no_health_details():
    card = NO_BIRTH(T)
    birth = inputs(card)["birth"]
    assert (birth["min"], birth["max"]) == ("2036-01-01", "2056-11-24")
    assert "Нужна е само ако ще предадете паролата на родител" in shown(card)
    assert inputs(card)["sen"]["title"].startswith("Удостоверявам, че ученикът е със СОП")
    assert "Не са нужни данни за здравето му" in shown(card)


def test_suspected_misuse_is_hidden_behind_a_button_until_it_was_stated():
    card = PERSON(T)
    (hidden,) = [part for part in elements(card) if part.get("isVisible") is False]
    (toggle,) = of_type(card, "Action.ToggleVisibility")
    assert toggle["targetElements"] == [hidden["id"]]
    assert list(inputs(hidden)) == ["compromised"]
    stated = PERSON(T, compromised=True)
    assert not of_type(stated, "Action.ToggleVisibility")
    assert not [part for part in elements(stated) if part.get("isVisible") is False]


@pytest.mark.parametrize("place", ["recipient", "birth", "identity"])
def test_a_problem_stands_directly_above_the_input_it_concerns(place):
    card = NO_BIRTH(T, problem="Не може.", concerns=place)
    position = next(n for n, part in enumerate(card["body"]) if part.get("id") == place)
    assert shown(card["body"][position - 1]) == "Моля, обърнете внимание\nНе може."
    assert shown(card).count("Не може.") == 1


@pytest.mark.parametrize("place", ["birth", None])
def test_a_problem_with_an_input_that_is_not_there_is_said_all_the_same(place):
    card = PERSON(T, problem="Не може.", concerns=place)
    position = next(n for n, part in enumerate(card["body"]) if part.get("id") == "recipient")
    assert "Не може." in shown(card["body"][position - 1])


def test_what_the_client_says_of_a_date_beyond_the_bounds_makes_it_no_required_one():
    (birth,) = of_type(NO_BIRTH(T), "Input.Date")
    assert "не е възможна" in birth["errorMessage"]
    assert not birth.get("isRequired")


def test_to_whom_the_last_one_was_handed_over_is_told():
    card = PERSON(T, status="given", handover="лично ученикът, 24.11.2056 г.")
    assert "Предаване: лично ученикът, 24.11.2056 г." in shown(card)
    assert "Предаване" not in shown(PERSON(T))


def test_an_account_being_created_is_better_waited_for():
    text = shown(PERSON(T, account_state="being-created"))
    assert "По-добре изчакайте" in text
    assert "направете справката" not in text


def test_the_person_is_named_with_school_state_and_what_was_given_before():
    text = shown(PERSON(T, status="given", status_at="24.11.2056 г., 08:05 ч."))
    assert text.splitlines()[1:8] == [
        NAME,
        "Паралелка: 5 б",
        "Училище: СУ „Свети Климент“, гр. Примерово",
        "Състояние на профила: Активен",
        "Временна парола: дадена на 24.11.2056 г., 08:05 ч.",
        "Потребителско име",
        USERNAME,
    ]
    assert "Записва се в журнала на бота" in text
    assert "Не изпращайте пароли по Viber" in text


def test_a_password_that_waits_is_offered_without_sending_the_form():
    card = PERSON(T, pending=YES, buttons=(NO, NO, NO))
    (pending,) = [action for action in of_type(card, "Action.Execute") if action["title"] == "Потвърждаване"]
    assert pending["associatedInputs"] == "none"


@pytest.mark.parametrize("language", VOICES)
@pytest.mark.parametrize("status", PasswordStatus)
def test_every_status_has_words_with_and_without_its_hour(language, status):
    words, timed = status_words(status, VOICES[language]), status_words(status, VOICES[language], "24.11.")
    assert words
    timeless = {"never", "handed", "unknown", "unreadable"}
    assert ("24.11." in timed) == (status not in timeless)
    assert len(words) <= 40, "in a list of forty students every letter counts"


def test_an_unknown_status_is_an_error():
    with pytest.raises(CardError, match="lost"):
        status_words("lost", T)


@pytest.mark.parametrize("language", VOICES)
def test_the_confirmation_mentions_a_working_password_only_where_one_ends(language):
    t = VOICES[language]
    plain = shown(
        password_confirm_card(
            t, confirm=YES, cancel=NO, recipient="student", class_="5 б", name=NAME, username=USERNAME
        )
    )
    works = shown(
        password_confirm_card(
            t,
            confirm=YES,
            cancel=NO,
            recipient="student",
            class_="5 б",
            name=NAME,
            username=USERNAME,
            works_since="24.11.2026 г., 08:00 ч.",
        )
    )
    (line,) = set(works.splitlines()) - set(plain.splitlines())
    assert "24.11.2026 г., 08:00 ч." in line


def test_the_confirmation_counts_working_passwords_in_singular_and_plural():
    def lines(language, **counts):
        view = partial(
            password_confirm_card, confirm=YES, cancel=NO, recipient="student", class_="5 б", count=26, **counts
        )
        plain = partial(password_confirm_card, confirm=YES, cancel=NO, recipient="student", class_="5 б", count=26)
        words = {shown(one(VOICES[language])) for one in (view, plain)}
        more, less = max(words, key=len), min(words, key=len)
        return [line for line in more.splitlines() if line not in less.splitlines()]

    assert lines("bg") == lines("en") == []
    assert lines("bg", working=1) == [
        "Паролата на 1 от избраните ученици е сменяна и с нея може да се влиза: и тя ще спре да действа."
    ]
    assert lines("bg", working=2) == [
        "Паролите на 2 от избраните ученици са сменяни и с тях може да се влиза: и те ще спрат да действат."
    ]
    assert lines("bg", working=21)[0].startswith("Паролите на 21 от избраните ученици са сменяни")
    assert lines("en", working=1) == [
        "The password of 1 of the chosen students has been changed and works: it will stop working."
    ]
    assert lines("en", working=2)[0].startswith(
        "The passwords of 2 of the chosen students have been changed and work"
    )
    assert lines("bg", unknown=1) == [
        "За 1 от избраните ученици не се знае дали паролата е сменяна. Ако с нея може да се влиза, и тя ще спре да действа."
    ]
    assert len(lines("bg", working=3, unknown=4)) == len(lines("en", working=3, unknown=4)) == 2


def test_the_confirmation_says_for_whom_what_ends_and_who_receives_it():
    view = partial(
        password_confirm_card,
        confirm=YES,
        cancel=NO,
        recipient="parent",
        class_="5 б",
        name=NAME,
        username=USERNAME,
        compromised=True,
    )
    card = view(T)
    what = f"Ще бъде създадена временна парола за {NAME}, 5 б клас. Досегашната парола ще спре да действа."
    assert shown(card).splitlines()[1:5] == [
        f"{what} Желаете ли да продължите?",
        f"Потребителско име: {USERNAME}",
        "Ще бъде предадена: на родител",
        "Достъпът до профила ще бъде прекратен от всички устройства.",
    ]
    assert not inputs(card)
    assert [(action["title"], action.get("style")) for action in card["actions"]] == [
        ("Потвърждаване", "positive"), ("Отказ", None),
    ]  # fmt: skip
    assert "устройства" not in shown(view(T, compromised=False))
    assert f"парола за {NAME}. Досегашната" in shown(view(T, class_=""))


def test_the_confirmation_for_many_counts_them_and_names_who_is_left_out_and_why():
    out = ((NAME, "Няма профил."), (APOSTROPHE, "Навършени 14."), (LONGEST_NAME, "Няма профил."))
    view = partial(
        password_confirm_card, confirm=YES, cancel=NO, recipient="parent", class_="5 б", count=22, left_out=out
    )
    lines = shown(view(T)).splitlines()
    assert lines[1].startswith("Ще бъдат създадени 22 временни пароли за 5 б клас. Досегашните пароли на учениците")
    assert lines[2:9] == [
        "Ще бъдат предадени: на родителите", "Няма да получат парола: 3",
        "Няма профил.", f"• {NAME}", f"• {LONGEST_NAME}", "Навършени 14.", f"• {APOSTROPHE}",
    ]  # fmt: skip
    one = shown(view(T, count=1, left_out=()))
    assert "Ще бъде създадена 1 временна парола за 5 б клас. Досегашната парола на ученика ще спре" in one
    assert "Няма да получат" not in one


def test_a_state_shows_its_person_its_facts_and_frames_what_matters():
    view = partial(
        password_state_card,
        title="Паролата е създадена",
        paragraphs=("Едно.",),
        name=NAME,
        class_="5 б",
        username=USERNAME,
        facts=(("Показана на", "**днес**"),),
    )
    lines = shown(view(T, buttons=(YES,))).splitlines()
    assert lines == [
        "Паролата е създадена", "Едно.", NAME, "Паралелка: 5 б", "Потребителско име", USERNAME,
        "Показана на: **днес**",
    ]  # fmt: skip
    for mood in ("good", "attention"):
        framed = of_type(view(T, mood=mood, buttons=(YES,)), "Container")[0]
        assert (framed["style"], shown(framed)) == (mood, "Едно.")


@pytest.mark.parametrize(("pin", "grouped"), [("407192", "4071 92"), ("40719263", "4071 9263"), ("0719", "0719")])
def test_the_pin_is_shown_in_fours_and_to_be_copied_and_the_file_opens_first(pin, grouped):
    view = partial(
        password_state_card,
        title="Бележка",
        paragraphs=(),
        pin=pin,
        link="https://bot.example.org/slips/t",
        buttons=(NO,),
    )
    card = view(T)
    assert [run["text"] for run in of_type(card, "TextRun") if run.get("fontType") == "monospace"] == [grouped, pin]
    assert [action["type"] for action in card["actions"]] == ["Action.OpenUrl", "Action.Execute"]
    assert card["actions"][0]["url"] == "https://bot.example.org/slips/t"
    assert not [text for _, text in strings(card["actions"]) if pin in text]


@pytest.mark.parametrize("pin", ["40a1", "4071 92", "٤٠٧١", "-1"])
def test_a_pin_that_is_not_digits_is_an_error(pin):
    with pytest.raises(CardError, match="PIN"):
        strictly(password_state_card, T, title="Бележка", paragraphs=(), pin=pin, buttons=(NO,))
