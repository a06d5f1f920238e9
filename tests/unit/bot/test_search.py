"""Every service that asks whom it is about answers every outcome of a search, loses nothing typed, and leads on."""

import pkgutil
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from uuid import UUID

import pytest

import bot.dialogs
from bot.conversation import Action, Reply
from bot.core.decision import Decision, Reason
from bot.core.errors import DirectoryBusy, DirectoryUnavailable, StoreUnavailable
from bot.core.people.identifiers import IdentifierKind, IdentifierProblem, InvalidIdentifier
from bot.core.people.model import AccountState, Kind, Person
from bot.core.usernames.model import (
    ByIdentifier,
    ByName,
    ByUsername,
    Denied,
    Found,
    NotFound,
    Several,
    TooMany,
    Unreadable,
)
from bot.dialogs import DIALOGS
from bot.dialogs.search import BY_ANYTHING, BY_NUMBER, Search, Sought, press_digest
from cards.lookup_choices import MOST_CHOICES
from tests.gallery.screens import OURS, scene_of
from tests.unit.cards.parts import of_type, strings

VERBS = {verb for dialog in DIALOGS for verb in dialog.handlers}
ANNA = Person("anna", "Анна Пробна", "ap1@edu.mon.bg", Kind.STUDENT, AccountState.ACTIVE, (OURS,), grade="5")
BORIS = replace(ANNA, id="boris", username="ap2@edu.mon.bg")
TYPED = "4146054047"


def searches() -> Iterator[tuple[str, Search]]:
    """Every `Search` of the product, with the folder it is in."""
    seen = set()
    for module in pkgutil.walk_packages(bot.dialogs.__path__, "bot.dialogs."):
        if module.name.endswith(".samples"):
            continue
        for value in vars(import_module(module.name)).values():
            if isinstance(value, Search) and id(value) not in seen:
                seen.add(id(value))
                yield value.pick, value


SEARCHES = dict(searches())
EACH = pytest.mark.parametrize("search", SEARCHES.values(), ids=SEARCHES)


def wrong(problem: IdentifierProblem, suggestion: str = "") -> Unreadable:
    return Unreadable(InvalidIdentifier(IdentifierKind.EGN, problem, suggestion=suggestion), again="mark")


def scene(**action):
    return replace(scene_of("bg"), action=Action("x.search", nonce="n", **action))


async def asked(search: Search, answer: object, sought: Sought | None = None) -> Found | Reply:
    """What comes of a search to which the core answers so."""

    async def find(*_: object) -> object:
        if isinstance(answer, Exception):
            raise answer
        return answer

    return await search(find, scene(), sought or Sought("egn", TYPED))  # type: ignore[arg-type]


def card(reply):
    assert isinstance(reply, Reply)
    assert reply.card is not None
    return reply.card


def values(reply):
    return {part["id"]: part.get("value", "") for part in of_type(card(reply), "Input.Text")}


def presses(reply):
    return {action["verb"]: action["data"]["action"] for action in of_type(card(reply), "Action.Execute")}


def words(reply):
    return " ".join(text for _, text in strings(card(reply)["body"]))


def test_the_searches_of_the_product_are_found():
    assert {pick.partition(".")[0] for pick in SEARCHES} >= {"lookup", "transfer"}
    assert set(SEARCHES) <= VERBS


@EACH
@pytest.mark.parametrize(
    "answer",
    [
        NotFound(only_own_school=False),
        NotFound(only_own_school=True),
        TooMany(40),
        wrong(IdentifierProblem.CHECK_DIGIT),
        Unreadable(None),
        DirectoryBusy(3),
        DirectoryUnavailable(),
        StoreUnavailable(),
    ],
    ids=repr,
)
async def test_without_a_person_the_form_comes_back_with_what_was_typed_and_a_word_about_it(search, answer):
    reply = await asked(search, answer)

    assert values(reply)["typed"] == TYPED
    assert len(words(reply)) > len(words(search.form(scene(), Sought("egn", TYPED))))
    assert set(presses(reply)) <= VERBS


@EACH
async def test_a_lost_zero_is_offered_in_the_place_of_what_was_typed(search):
    reply = await asked(
        search, wrong(IdentifierProblem.LOST_ZERO, suggestion="0146054046"), Sought("egn", TYPED, "old")
    )

    assert values(reply)["typed"] == "0146054046"
    assert all("again" not in action["ids"] for action in presses(reply).values())


@pytest.mark.parametrize("search", [one for one in SEARCHES.values() if set(one.kinds) & BY_NUMBER])
async def test_a_number_to_be_sent_once_more_takes_its_mark_with_it(search):
    reply = await asked(search, wrong(IdentifierProblem.CHECK_DIGIT))

    by_number = [part["id"] for part in of_type(card(reply), "Input.ChoiceSet") if part["id"] == "kind"]
    marks = [action["ids"]["again"] for action in presses(reply).values() if "again" in action["ids"]]
    assert marks == ["mark" for _ in by_number]
    assert Sought.read(Action("x", {"again": "mark"}, inputs={"kind": "egn", "typed": "1"})).query == ByIdentifier(
        IdentifierKind.EGN, "1", "mark"
    )


@EACH
async def test_nothing_is_asked_without_words_or_by_a_kind_the_form_does_not_offer(search):
    for sought in (
        Sought("egn", " "),
        Sought("", TYPED),
        Sought("choice", TYPED),
        *(Sought(kind, TYPED) for kind in BY_ANYTHING - set(search.kinds)),
    ):
        reply = await asked(search, AssertionError("the core was asked"), sought)

        assert values(reply)["typed"] == sought.typed.strip()
        assert len(words(reply)) > len(words(search.form(scene(), sought)))


@EACH
async def test_a_denial_says_why_and_shows_no_form(search):
    reply = await asked(search, Denied(Decision(Reason.SCHOOL_UNKNOWN)))

    assert "Училището, за което отговаряте" in words(reply)
    assert not values(reply)
    assert presses(reply)


@EACH
@pytest.mark.parametrize("number", [2, MOST_CHOICES, MOST_CHOICES + 3])
async def test_of_several_one_is_picked_and_nobody_else_can_be(search, number):
    people = tuple(replace(ANNA, id=f"p{n}", username=f"ap{n}@edu.mon.bg") for n in range(number))
    reply = await asked(search, Several(people))
    rows = [action for action in of_type(card(reply), "Action.Execute") if action["verb"] == search.pick]

    meant = [search.picked(scene(ids=row["data"]["action"]["ids"])) for row in rows]
    assert meant == [one.id for one in people[:MOST_CHOICES]]
    assert len({row["title"] for row in rows}) == len(rows), "each is called something else by a screen reader"
    for other in ("", "p1"):
        again = search.picked(scene(ids={"people": "p0,p1"}, inputs={"choice": other}))
        assert "typed" in values(again)


@EACH
def test_accounts_of_one_person_are_told_apart_by_username_and_the_current_one_is_named(search):
    reply = search.which(scene(), (ANNA, BORIS), ANNA.id)
    rows = [action for action in of_type(card(reply), "Action.Execute") if action["verb"] == search.pick]

    assert [ANNA.username in rows[0]["title"], BORIS.username in rows[1]["title"]] == [True, True]
    assert words(reply).count(scene().t("card-result-current")) == 1


@EACH
async def test_object_ids_come_back_from_a_row_as_they_were(search):
    people = tuple(replace(ANNA, id=str(UUID(int=n << 60))) for n in range(1, 9))

    picked = [search.picked(scene(ids=one.press.data["action"]["ids"])) for one in search.choices(scene(), people)]

    assert picked == [one.id for one in people]


@EACH
async def test_the_way_back_to_the_list_is_known_where_all_are_of_the_own_school(search):
    elsewhere = replace(BORIS, schools=(replace(OURS, id="another"),))
    for people, knows in (((ANNA, BORIS), bool(search.again)), ((ANNA, elsewhere), False), ((ANNA,), False)):
        choices = search.choices(scene(), people)

        assert all(("people" in one.press.data["action"]["ids"]) == knows for one in choices)
        assert [search.picked(scene(ids=one.press.data["action"]["ids"])) for one in choices] == [
            one.id for one in people
        ]
    back = search.to_list(scene(ids={"people": "anna,boris"}))
    assert [one.press.verb for one in back] == ([search.again] if search.again else [])
    assert search.to_list(scene()) == ()


@EACH
async def test_a_found_person_is_given_to_the_service(search):
    found = Found((ANNA,), own_school=True, current=None)

    assert await asked(search, found) is found


@EACH
async def test_after_an_identifier_in_the_chat_the_form_is_empty(search):
    reply = await search.opened_after_identifier(None, scene(inputs={"typed": TYPED}))

    assert values(reply)["typed"] == ""
    assert TYPED not in str(card(reply))
    assert values(await search.opened(None, scene()))["typed"] == ""


def test_the_kind_decides_how_the_words_are_read():
    assert Sought("name", "Анна").query == ByName("Анна")
    assert Sought("username", "ap1").query == ByUsername("ap1")
    assert Sought("choice", "anna").query is None
    assert {kind for kind in BY_ANYTHING if isinstance(Sought(kind, "1").query, ByIdentifier)} == BY_NUMBER


async def test_the_same_press_with_the_same_words_is_one_act_and_with_others_another():
    operations = []

    async def find(_actor, _query, _purpose, operation):
        operations.append(operation)
        return NotFound(only_own_school=False)

    search = SEARCHES["lookup.pick"]
    one = Sought("egn", TYPED, purpose="moved")
    for sought in (one, one, replace(one, typed="1"), replace(one, purpose="other"), replace(one, kind="lnch")):
        await search(find, scene(), sought)  # type: ignore[arg-type]

    assert operations[0] == operations[1]
    assert len(set(operations)) == 4
    assert TYPED not in "".join(operations)
    assert press_digest(Action("x", nonce="a")) != press_digest(Action("x", nonce="b"))
