"""Noting who was handed their account after the class has signed: nobody is ticked, and what became of it."""

from collections.abc import Collection
from dataclasses import dataclass, field

from cards.account_lines import by_reason, class_fact, more, name_line, shown
from cards.actions import Button, Press, form_button, offered
from cards.card import CardJson, aside, bold, card, fact, never_fails, notice_box, problem_box, sentence
from cards.checked import CardError
from cards.inputs import ChoiceInput, ManyChoiceInput, known, merged
from cards.words import TextOf, prose, shortened

MOST_SIGNERS = 60
"""A large class, and as many as a group of the school's own may have."""
_LONGEST_NAME, _LONGEST_NOTE = 50, 40


@dataclass(frozen=True, slots=True)
class Signer:
    """One who may have signed. `name` is data; `note` says in words what tells more of them, or nothing."""

    id: str
    name: str = field(repr=False)
    note: str = ""


@never_fails
def closing_card(
    t: TextOf,
    *,
    submit: Press,
    everybody: Press | None,
    people: tuple[Signer, ...],
    class_: str = "",
    group: str = "",
    list_: str = "",
    parents: bool = False,
    recipient: str = "",
    ticked: Collection[str] = (),
    problem: str = "",
    given: bool = True,
    left_out: int = 0,
    buttons: tuple[Button, ...] = (),
) -> CardJson:
    """Inputs: `signed` (ids, comma separated), `recipient` (`owner` or `parent`). Nobody is ticked, unless somebody
    was and the card is given back with a `problem`.

    `class_`, `group` or `list_`, a name, says of whom it is. `submit` notes those ticked, `everybody` all of the
    card: it is offered only where all of them are on it, and not where each is to be ticked (None). `parents`: a
    parent of somebody may have been handed it; then to whom is asked, and nothing is chosen beforehand. Who is
    beyond `MOST_SIGNERS` comes after the first were noted. `given`: these were given a temporary password; then
    `left_out` are those who were not. Without it nobody was, which is said: their signature is for something else.
    """
    if not people:
        raise CardError("nobody to sign")
    some = people[:MOST_SIGNERS]
    choices = merged([(one.id, _title(one)) for one in some], MOST_SIGNERS, several=True)
    whole = len(people) == len(choices) > 1
    title = t("card-closing-everybody", count=len(choices))
    everyone = (form_button(title, everybody, "default"),) if everybody is not None and whole else ()
    return card(
        t,
        t("card-closing-title"),
        *([class_fact(class_, t)] if class_ else []),
        *([fact(t("card-closing-group"), group)] if group else []),
        *([fact(t("card-closing-list"), list_)] if list_ else []),
        *notice_box(_without_password(t, given=given, left_out=left_out)),
        sentence(t("card-closing-lead")),
        *problem_box(problem, t),
        ManyChoiceInput("signed", t("card-closing-signed"), choices, chosen=set(ticked) & dict(choices).keys()),
        *more(len(people) - len(some), t),
        *_to_whom(recipient, t, parents=parents),
        aside(t("card-form-logged")),
        actions=(form_button(t("card-closing-submit"), submit), *everyone, *offered(*buttons)),
    )


def _without_password(t: TextOf, *, given: bool, left_out: int) -> str:
    if not given:
        return t("card-closing-none-given")
    return t("card-closing-without", count=left_out) if left_out else ""


def _to_whom(recipient: str, t: TextOf, *, parents: bool) -> tuple[ChoiceInput, ...]:
    if not parents:
        return ()
    choices = [("owner", t("card-closing-to-owner")), ("parent", t("card-closing-to-parent"))]
    return (
        ChoiceInput(
            "recipient",
            t("card-closing-recipient"),
            choices,
            value=known(recipient, choices),
            missing=t("card-closing-recipient-missing"),
            style="expanded",
            spacing="large",
        ),
    )


def _title(one: Signer) -> str:
    name = shortened(shown(one.name), _LONGEST_NAME)
    note = shortened(prose(one.note), _LONGEST_NOTE)
    return f"{name} – {note}" if note else name


@never_fails
def closed_card(
    t: TextOf,
    *,
    done: int,
    before: int,
    refused: tuple[tuple[str, str], ...],
    left: int | None,
    person: str = "",
    class_: str = "",
    group: str = "",
    list_: str = "",
    buttons: tuple[Button, ...] = (),
) -> CardJson:
    """What became of a closing: how many were noted now and how many before, of whom it was not noted as (name, why
    in words), and how many of the class or group are still left: None for one `person`, who is named instead. No
    inputs.
    """
    return card(
        t,
        t("card-closed-title" if done or before else "card-closed-none-title"),
        *([class_fact(class_, t)] if class_ else []),
        *([fact(t("card-closing-group"), group)] if group else []),
        *([fact(t("card-closing-list"), list_)] if list_ else []),
        *([bold(t("card-closed-done", count=done), spacing="medium")] if done else []),
        *([sentence(t("card-closed-before", count=before))] if before else []),
        *([name_line(person)] if person and not refused else []),
        *([by_reason(t("card-closed-refused", count=len(refused)), refused, t)] if refused else []),
        *([] if left is None else [sentence(t("card-closed-left", count=left) if left else t("card-closed-all"))]),
        actions=offered(*buttons),
    )
