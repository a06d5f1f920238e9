"""A card has room for six buttons; the bot may have any number of services."""

from pathlib import Path
from shutil import copy, copytree

import pytest

import bot.texts
from bot.conversation import Pressed, Reply, Said
from bot.core.actors.model import Actor, Role
from bot.core.decision import ALLOWED
from bot.core.errors import DirectoryUnavailable
from bot.dialogs import DIALOGS
from bot.dialogs.dialog import Dialog, Scene
from bot.presser import MENU_LIFETIME
from bot.seals import Holder, Sealer
from bot.texts.catalog import LANGUAGES, Catalog
from cards.checked import MOST_ACTIONS
from cards.notice import notice_card
from tests.conversations.bot import (
    DEPUTY,
    DIRECTOR,
    DISABLED,
    LIPA,
    LOST,
    RUO,
    STRANGER,
    STUDENT,
    TEACHER,
    TENANT,
    Bot,
    buttons,
    shown,
)

MOST = 20
OF_SCHOOL = Actor(DIRECTOR, TENANT, Role.DIRECTOR, LIPA)
OWN = sum(one.place == "menu" and one.may(OF_SCHOOL).allowed for one in DIALOGS)
"""Services that a director has without any imagined."""
OTHER = {"bg": "English", "en": "Български"}
EVERYBODY = (DIRECTOR, DEPUTY, TEACHER, RUO, STUDENT, STRANGER, DISABLED, LOST)


def imaginary_service(number: int) -> Dialog[None]:
    """Everybody may use it, and it says its name."""

    async def answer(_: None, scene: Scene) -> Reply:
        return Reply(card=notice_card(scene.t, title=f"imagined {number}"))

    verb = f"imagined-{number}.open"
    return Dialog(
        name=f"imagined-{number}",
        may=lambda _: ALLOWED,
        opens=verb,
        handlers={verb: answer},
        build_web=lambda _: None,
    )


@pytest.fixture(scope="module")
def catalog(tmp_path_factory) -> Catalog:
    """The texts of the product, and those of twenty more services."""
    folder = tmp_path_factory.mktemp("texts")
    own = Path(bot.texts.__file__).parent
    for language in LANGUAGES:
        copytree(own / language, folder / language)
        for words in (own.parent / "dialogs").glob(f"*/{language}.ftl"):
            copy(words, folder / language / f"dialog-{words.parent.name}.ftl")
        word = {"bg": "Услуга", "en": "Service"}[language]
        (folder / language / "imagined.ftl").write_text(
            "".join(
                f"command-imagined-{number} = {word} {number}\n"
                f"command-imagined-{number}-hint = {word} {number}: какво прави тя и за кого е предназначена.\n"
                f"command-imagined-{number}-word = {word} {number} word\n"
                f"command-imagined-{number}-example = {word} {number} example\n"
                for number in range(MOST)
            ),
            encoding="utf-8",
        )
    return Catalog.load(folder)


def room(catalog: Catalog, count: int, *, prints: bool = True) -> Bot:
    """The whole bot with so many services for a director."""
    others = [imaginary_service(number) for number in range(count - OWN)]
    world = Bot(catalog=catalog, others=others, prints=prints)
    world.appoint()
    return world


def services_of(reply: Reply, t) -> list[str]:
    known = {t("services-more"), t("command-help"), *OTHER.values()}
    return [title for title in buttons(reply) if title not in known]


async def all_services(world: Bot, who: str, first: Reply, t, locale) -> list[str]:
    """Every service that can be reached from this card by „Още…“ alone; nobody meets one twice."""
    found, card = services_of(first, t), first
    for _ in range(MOST):
        assert len(buttons(card)) <= MOST_ACTIONS
        if t("services-more") not in buttons(card):
            return found
        card = await world.presses_elsewhere(who, card, t("services-more"), locale)
        assert services_of(card, t), "a part without anything in it"
        assert buttons(card)[-1] == t("command-help")
        found += services_of(card, t)
    raise AssertionError("there is always more")


@pytest.mark.parametrize("count", [OWN, OWN + 1, OWN + 2, 12, 20])
@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_any_number_of_services_fits(catalog, who, language, count):
    world, t, locale = room(catalog, count), catalog.speak(language), {"locale": f"{language}-BG"}
    imagined = [t(f"command-imagined-{number}") for number in range(count - OWN)]

    welcome = await world.installs(who, **locale)
    assert welcome is not None
    help_card = await world.says(who, "помощ", **locale)
    offered = await all_services(world, who, help_card, t, locale)

    assert offered[len(offered) - len(imagined) :] == imagined
    assert len(offered) == len(set(offered))
    assert (len(offered) == count) == (who == DIRECTOR)
    assert buttons(help_card)[-1] == OTHER[language], "on the first card, whatever else is"
    assert await all_services(world, who, welcome, t, locale) == offered
    assert await all_services(world, who, await world.says(who, "здравейте", **locale), t, locale) == offered
    for begin in (refused, late):
        world = room(catalog, count, prints=begin is not refused)
        led_on = await all_services(world, who, await begin(world, who, locale), t, locale)
        # A refusal may put the service it speaks of first.
        assert (sorted(led_on) if begin is refused else led_on) == (sorted(offered) if begin is refused else offered)
    puzzled = await world.says(who, "абракадабра", **locale)
    assert buttons(puzzled) == [*offered[:2], t("command-help")]
    assert buttons(await world.presses_elsewhere(who, puzzled, t("command-help"), locale)) == buttons(help_card)


async def refused(world: Bot, who: str, locale) -> Reply:
    """A refusal with a way forward: of a service this person may not use, otherwise of a class without slips."""
    if who != DIRECTOR:
        return await world.says(who, "временна парола", **locale)
    password = await world.says(who, "парола", **locale)
    return await world.presses_elsewhere(who, password, buttons(password)[-1], locale)


async def late(world: Bot, who: str, locale) -> Reply:
    """What a card says that is too old to be obeyed."""
    old = await world.says(who, "абракадабра", **locale)
    world.clock.move(days=100)
    world.appoint()
    return await world.presses_elsewhere(who, old, buttons(old)[0], locale)


async def test_four_services_stand_beside_each_other_and_of_five_two_stand_behind_more(catalog):
    """A deputy has three, and here one or two that are imagined."""
    menu = await room(catalog, OWN + 1).says(DEPUTY, "помощ")
    world = room(catalog, OWN + 2)
    longer = await world.says(DEPUTY, "помощ")
    more = await world.presses(DEPUTY, longer, "Още…")

    four = ["Искания", "Класни стаи в Teams", "Моята паралелка", "Услуга 0"]
    assert buttons(menu) == [*four, "English"]
    assert buttons(longer) == [*four[:3], "Още…", "English"]
    assert buttons(more) == ["Услуга 0", "Услуга 1", "Помощ"]
    assert "Още услуги" in shown(more)


@pytest.mark.parametrize("start", range(1, 30))
@pytest.mark.parametrize("who", [DIRECTOR, TEACHER, STRANGER, DISABLED])
async def test_more_of_a_menu_of_any_release_leads_on(who, start):
    """The menu had other services in another order: what it begins with may not be there any more."""
    world = Bot()
    turn = world.turn(who, Said("помощ"))
    sealed = Sealer(b"s" * 32, lambda: "of-old").seal(
        "more", Holder.of(turn), world.clock(), MENU_LIFETIME, ids={"start": str(start)}
    )

    reply = await world.responder(world.turn(who, Pressed("more", sealed)))

    assert reply is not None
    assert not reply.refused
    assert buttons(reply)[-1] in {"Помощ", "English"}
    menu = await world.says(who, "помощ")
    further = buttons(await world.presses(who, menu, "Още…")) if "Още…" in buttons(menu) else []
    assert set(buttons(reply)) <= {*buttons(menu), *further, "Помощ"}


async def test_the_next_part_is_what_the_person_may_use_now(catalog):
    """Rights may have changed since the card was made: what is not there any more leads back to the menu."""
    world = room(catalog, 20)
    menu = await world.says(DIRECTOR, "помощ")
    last = menu
    while "Още…" in buttons(last):
        menu, last = last, await world.presses(DIRECTOR, last, "Още…")
    world.roles.fail_with = DirectoryUnavailable("down")
    world.clock.move(minutes=6)

    answer = await world.presses(DIRECTOR, menu, "Още…")

    assert "временно не е достъпна" in shown(answer)
    assert buttons(answer) == ["English"]


async def test_more_is_sealed_as_every_button_is(catalog):
    world = room(catalog, 20)
    menu = await world.says(DIRECTOR, "помощ")

    assert (await world.presses(TEACHER, menu, "Още…")).refused
