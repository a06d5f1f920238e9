"""One way to find a person: what was typed → a query → its answer, for every service that asks whom it is about."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Protocol
from uuid import UUID

from bot.conversation import Action, PeopleShown, Reply, Shows
from bot.core.errors import OutsideError
from bot.core.people.classes import class_of
from bot.core.people.identifier_traces import hold_identifier
from bot.core.people.identifiers import IdentifierKind, IdentifierProblem
from bot.core.people.model import Kind, Person, School
from bot.core.people.spoken_of import plain_kind
from bot.core.usernames.find import FindUsername
from bot.core.usernames.model import (
    ByChoices,
    ByIdentifier,
    ByName,
    ByUsername,
    Denied,
    Found,
    NotFound,
    Purpose,
    Query,
    Several,
    TooMany,
    Unreadable,
)
from bot.dialogs.dialog import Gate, Scene
from bot.dialogs.menu import way_forward
from bot.dialogs.parts import Parts
from bot.presser import FORM_LIFETIME
from bot.refusals import failure, problem, refusal
from cards.actions import Button
from cards.lookup_choices import MOST_CHOICES, PersonChoice, lookup_choices_card
from cards.request_lines import SchoolView

INPUTS = {"kind": Gate.CHOICE, "typed": Gate.SOUGHT}
"""Of the cards that search."""

BY_NUMBER = frozenset(IdentifierKind)
BY_ANYTHING = BY_NUMBER | {"name", "username"}
"""What `Sought.kind` may be."""

_MOST_TYPED = 200


@dataclass(frozen=True, slots=True)
class Sought:
    """What stands in the form of a search. `again`: see `ByIdentifier`; it is sealed into the button that searches,
    as is the `purpose` that the button names. What a form does not ask is empty.
    """

    kind: str = "egn"
    typed: str = field(default="", repr=False)
    again: str = ""
    purpose: str = ""
    purpose_text: str = field(default="", repr=False)

    @classmethod
    def read(cls, action: Action) -> "Sought":
        """As it was typed, cut to what can be meant."""
        given = action.inputs
        return cls(
            kind=given.get("kind", ""),
            typed=given.get("typed", "")[:_MOST_TYPED],
            again=action.id("again"),
            purpose=action.id("purpose"),
            purpose_text=given.get("purpose_text", ""),
        )

    @property
    def ids(self) -> Mapping[str, str]:
        """What the button that searches has to remember."""
        return {"again": self.again} if self.again else {}

    def meant_among(self, kinds: Collection[str]) -> "Sought":
        """As it was plainly meant, where the kind was left as it came and the form takes names."""
        return replace(self, kind=plain_kind(self.kind, self.typed)) if frozenset(kinds) >= BY_ANYTHING else self

    @property
    def query(self) -> Query | None:
        """What is asked; None for an unknown kind."""
        if self.kind in set(IdentifierKind):
            return ByIdentifier(IdentifierKind(self.kind), self.typed, self.again)
        if self.kind == "name":
            return ByName(self.typed)
        return ByUsername(self.typed) if self.kind == "username" else None


class SearchForm(Protocol):
    """The screen of a form that searches, with what was typed still in it."""

    def __call__(self, scene: Scene, sought: Sought, *, problem: str = "", notice: str = "") -> Reply:
        """A `problem` is to be corrected, a `notice` to be known."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """How one service finds a person: its form, and what differs from the other services in what it answers."""

    form: SearchForm
    pick: str
    """The verb of a row of the list of several people. Its answer is read by `picked`."""
    again: str = ""
    """The verb that shows such a list once more (`listed`); "" where nothing leads back to it."""
    new_search: Callable[[Scene], Button]
    """To the empty form."""
    not_found: Callable[[Scene, Sought, NotFound], Reply]
    denied: Callable[[Scene, str], Reply] = way_forward
    corrected: SearchForm | None = None
    """Offers a corrected number instead of the typed one; `form` if None."""
    kinds: Collection[str] = BY_ANYTHING
    nothing_typed: str = "identifier-empty"
    """The id of what is said of an empty form."""
    no_number: str = "identifier-not-digits"
    """The id of what is said of a name where a number was asked: it speaks of what this form offers."""
    too_many: str = "lookup-too-many"
    """The same, of a name that many have; with their number."""
    which_lead: str = "card-choices-lead"
    """The same, above the list of several people: what is to be done if they cannot be told apart."""

    async def opened(self, _: object, scene: Scene) -> Reply:
        """The form, with whom a typed sentence spoke of in it; a number is never repeated. A handler."""
        spoken_of = Sought.read(scene.action)
        return self.form(scene, Sought() if hold_identifier(spoken_of.typed + spoken_of.purpose_text) else spoken_of)

    async def opened_after_identifier(self, _: object, scene: Scene) -> Reply:
        """`after_identifier` as a handler."""
        return self.after_identifier(scene)

    def after_identifier(self, scene: Scene) -> Reply:
        """The empty form, after an identifier was typed into the chat: it is repeated nowhere."""
        notice = f"{scene.t('lookup-identifier-in-chat')}\n{scene.t('lookup-identifier-in-form')}"
        return self.form(scene, Sought(), notice=notice)

    async def __call__(
        self, find: FindUsername, scene: Scene, sought: Sought, purpose: Purpose | None = None
    ) -> Found | Reply:
        """The accounts of one person; else the card to be shown, also when the directory or the store fails."""
        sought = sought.meant_among(self.kinds)
        query = sought.query if sought.kind in self.kinds else None
        if query is None or not sought.typed.strip():
            return self.form(scene, sought, problem=scene.t(self.nothing_typed if query else self._no_kind(sought)))
        operation = press_digest(scene.action, sought.kind, sought.typed, sought.purpose, sought.purpose_text)
        try:
            answer = await find(scene.actor, query, purpose, operation)
        except OutsideError as error:
            return self.form(scene, sought, notice=failure(error, scene.t))  # nothing typed is lost
        match answer:
            case Found():
                return answer
            case Several(people):
                return self.which(scene, people)
            case TooMany(count):
                return self.form(scene, sought, notice=scene.t(self.too_many, count=count))
            case NotFound():
                return self.not_found(scene, sought, answer)
            case Unreadable():
                return self.unreadable(scene, sought, answer)
            case Denied(decision):
                return self.denied(scene, refusal(decision, scene.t, scene.language))

    def which(self, scene: Scene, people: Sequence[Person], current: str | None = None, *, lead: str = "") -> Reply:
        """Several people of one name, or several accounts of one person: which is meant? `current`: the account that
        is in use, where that is known. `lead`: the id of what is said instead of what the service says.
        """
        choices = self.choices(scene, people, current)
        lead, new_search = scene.t(lead or self.which_lead), self.new_search(scene)
        return Reply(card=lookup_choices_card(scene.t, lead=lead, choices=choices, new_search=new_search))

    def choices(self, scene: Scene, people: Sequence[Person], current: str | None = None) -> tuple[PersonChoice, ...]:
        """A row for each of them. It knows the way back to the list, if all are of the own school."""
        people, own = people[:MOST_CHOICES], scene.actor.school_id
        listed = _packed([person.id for person in people])
        leads_back = self.again and len(people) > 1 and all(person.attends(own) for person in people)
        return tuple(
            PersonChoice(
                scene.press(
                    self.pick,
                    FORM_LIFETIME,
                    ids={"people": listed, "place": str(place)} if leads_back else {"choice": person.id},
                ),
                person.name,
                person.username,
                class_of(person),
                "" if person.attends(own) or not person.schools else person.schools[0].name,
                is_teacher=person.kind is Kind.TEACHER,
                is_current=person.id == current,
            )
            for place, person in enumerate(people)
        )

    def of_other_classes(self, scene: Scene, answer: NotFound) -> str:
        """What is said where people of the name are there, but in no team of the class typed with it; else ""."""
        if not answer.not_in:
            return ""
        many = len(answer.near) + answer.left_out
        words = scene.t("lookup-other-class", count=many, of=answer.not_in)
        return f"{words} {scene.t('lookup-other-class-more')}" if answer.left_out else words

    def picked(self, scene: Scene) -> str | Reply:
        """The object id of the row that was pressed; the form for another release's list, which has no rows."""
        action = scene.action
        listed, place = _unpacked(action.id("people")), action.number("place")
        if "place" in action.ids and place < len(listed):
            return listed[place]
        return action.id("choice") or self.form(scene, Sought("name"), problem=scene.t("lookup-choice-missing"))

    def to_list(self, scene: Scene) -> tuple[Button, ...]:
        """The way back to the list one came from."""
        people = scene.action.id("people")
        if not self.again or not people:
            return ()
        return (Button(scene.t("lookup-to-list"), scene.press(self.again, FORM_LIFETIME, ids={"people": people})),)

    async def listed(self, find: FindUsername, scene: Scene) -> Reply:
        """The list one came from, as it is now."""
        ids = _unpacked(scene.action.id("people"))
        try:
            answer = await find(scene.actor, ByChoices(ids), None, press_digest(scene.action))
        except OutsideError as error:
            return self.form(scene, Sought("name"), notice=failure(error, scene.t))
        match answer:
            case Several(people):
                return self.which(scene, people)
            case Denied(decision):
                return self.denied(scene, refusal(decision, scene.t, scene.language))
            case _:
                return self.form(scene, Sought("name"), problem=scene.t("lookup-choice-gone"))

    def unreadable(self, scene: Scene, sought: Sought, answer: Unreadable) -> Reply:
        """What is wrong with what was typed; a lost zero is offered in its place."""
        invalid = answer.problem
        if invalid is None:
            words = "lookup-username-unreadable" if sought.kind == "username" else "lookup-name-unreadable"
            return self.form(scene, sought, problem=scene.t(words))
        if invalid.problem is IdentifierProblem.NOT_DIGITS:
            return self.form(scene, sought, problem=scene.t(self.no_number))
        if not invalid.suggestion:
            return self.form(scene, replace(sought, again=answer.again), problem=problem(invalid, scene.t))
        form = self.corrected or self.form
        return form(scene, replace(sought, typed=invalid.suggestion, again=""), notice=problem(invalid, scene.t))

    def _no_kind(self, sought: Sought) -> str:
        """A name in a form that takes numbers is told so: it has no such kind to choose."""
        return self.no_number if sought.kind in BY_ANYTHING else "lookup-kind-missing"


_PACKED = "~"


def _packed(ids: Sequence[str]) -> str:
    """Object ids as short as they can be written: each row of a list carries them all."""
    try:
        numbers = [UUID(one) for one in ids]
    except ValueError:
        return ",".join(ids)
    return _PACKED + urlsafe_b64encode(b"".join(one.bytes for one in numbers)).decode()


def _unpacked(packed: str) -> tuple[str, ...]:
    if not packed.startswith(_PACKED):
        return tuple(packed.split(","))
    try:
        numbers = urlsafe_b64decode(packed.removeprefix(_PACKED))
        return tuple(str(UUID(bytes=numbers[at : at + 16])) for at in range(0, len(numbers), 16))
    except ValueError:  # of another release
        return ()


def press_digest(action: Action, *typed: str) -> str:
    """What identifies a press: the same press with the same inputs is the same act, however often it is delivered.

    The nonce is random, is kept in no table and is not guessable, so the digest tells nothing of what was typed.
    """
    return sha256("\0".join((action.nonce, *typed)).encode("utf-8", "surrogatepass")).hexdigest()


def details_of(person: Person) -> PeopleShown:
    """Whom a card with one person's details shows."""
    return PeopleShown(Shows.PERSON, person.id, class_=class_of(person))


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
