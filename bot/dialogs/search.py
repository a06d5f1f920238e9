"""Asking whom it is about: what the look-up and the passwords read, say and offer alike when they search."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from bot.conversation import Action, PeopleShown, Reply, Shows
from bot.core.people.classes import class_of
from bot.core.people.identifiers import IdentifierKind
from bot.core.people.model import Kind, Person, School
from bot.core.usernames.find import FindUsername
from bot.core.usernames.model import ByIdentifier, ByName, ByUsername, Query, Unreadable
from bot.dialogs.dialog import Scene
from bot.dialogs.inputs import Gate
from bot.dialogs.parts import Parts
from bot.presser import FORM_LIFETIME
from bot.refusals import problem
from cards.actions import Button
from cards.lookup_choices import PersonChoice, lookup_choices_card
from cards.request_lines import SchoolView

INPUTS = {"kind": Gate.CHOICE, "typed": Gate.SOUGHT, "choice": Gate.CHOICE}
"""Of the cards that search."""

MOST_TYPED = 200
_MOST_CHOICES = 15
"""As many as the card of choices holds."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What stands in the two inputs every search has. `again`: see `ByIdentifier`; it is sealed into the button."""

    kind: str = "egn"
    typed: str = field(default="", repr=False)
    again: str = ""

    @classmethod
    def of(cls, inputs: Mapping[str, str], action: Action) -> "Sought":
        """As it was typed, cut to what can be meant."""
        return cls(inputs.get("kind", ""), inputs.get("typed", "")[:MOST_TYPED], again_of(action))

    @property
    def ids(self) -> Mapping[str, str]:
        """What the button that searches has to remember."""
        return again_ids(self.again)


def again_of(action: Action) -> str:
    """The mark in the button that searches; see `ByIdentifier`."""
    return action.ids.get("again", "")


def again_ids(again: str) -> Mapping[str, str]:
    """The mark, to be sealed into the button that searches."""
    return {"again": again} if again else {}


def query_of(kind: str, typed: str, again: str) -> Query | None:
    """What is asked; None when it was not chosen by what. `again`: see `ByIdentifier`."""
    if kind in set(IdentifierKind):
        return ByIdentifier(IdentifierKind(kind), typed, again)
    if kind == "name":
        return ByName(typed)
    if kind == "username":
        return ByUsername(typed)
    return None


def press_digest(action: Action, *typed: str) -> str:
    """What identifies a press: the same press with the same inputs is the same act, however often it is delivered.

    The nonce is random, is kept in no table and is not guessable, so the digest tells nothing of what was typed.
    """
    return sha256("\0".join((action.nonce, *typed)).encode("utf-8", "surrogatepass")).hexdigest()


def unreadable(scene: Scene, query: Query, answer: Unreadable) -> str:
    """What is wrong with what was typed."""
    if answer.problem is not None:
        return problem(answer.problem, scene.t)
    return scene.t("lookup-username-unreadable" if isinstance(query, ByUsername) else "lookup-name-unreadable")


def who_is_meant(
    scene: Scene, verb: str, people: Sequence[Person], new_search: Button, notes: Mapping[str, str] | None = None
) -> Reply:
    """Several people of one name, or several accounts of one person: which is meant? `notes` (by object id) stand in
    the place of the school.
    """
    notes, people = notes or {}, people[:_MOST_CHOICES]
    choices = tuple(
        PersonChoice(
            person.id,
            person.name,
            class_of(person),
            notes.get(person.id) or (person.schools[0].name if person.schools else ""),
            is_teacher=person.kind is Kind.TEACHER,
        )
        for person in people
    )
    pick = scene.press(verb, FORM_LIFETIME, ids={"people": ",".join(person.id for person in people)})
    return Reply(card=lookup_choices_card(scene.t, pick=pick, choices=choices, new_search=new_search))


def details_of(person: Person) -> PeopleShown:
    """Whom a card with one person's details shows."""
    return PeopleShown(Shows.PERSON, person.id, class_=class_of(person))


def chosen(action: Action, inputs: Mapping[str, str]) -> str:
    """The object id that was chosen from what the card offered; empty when it is none of them."""
    choice = inputs.get("choice", "")
    return choice if choice and choice in action.ids.get("people", "").split(",") else ""


def find_username(parts: Parts) -> FindUsername:
    """Finds people, charges the search to the director and records it."""
    return FindUsername(
        directory=parts.directory,
        ledger=parts.ledger,
        audit=parts.audit,
        pseudonyms=parts.pseudonyms,
        clock=parts.clock,
        limits=parts.lookup_limits,
        domain=parts.domain,
        admit_synthetic=parts.admit_synthetic,
    )


def place_of(school: School) -> SchoolView:
    """The school as a card shows it."""
    return SchoolView(school.name, school.code, school.town)
