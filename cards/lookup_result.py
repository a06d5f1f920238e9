"""What a look-up found: the accounts of one person."""

from dataclasses import dataclass, field

from adaptivecards.baseobject import Element

from cards.account_lines import class_fact, masked_fact, more, name_line, shown, state_words
from cards.actions import Button, offered
from cards.card import (
    CardJson,
    aside,
    bold,
    box,
    card,
    copyable,
    fact,
    never_fails,
    notice_box,
    paragraphs_of,
    sentence,
)
from cards.checked import CardError
from cards.strict import Container, TextBlock
from cards.words import TextOf, mixes_alphabets

MOST_ACCOUNTS = 5
"""All of them fit a card, however long their names and however many their schools; nobody is known to have more."""
_MOST_SCHOOLS = 3
_LONGEST_USERNAME = 113
"""Characters of a user principal name (learn.microsoft.com/graph/api/resources/user). It is to be copied, so never
cut for room; what is longer is none.
"""


@dataclass(frozen=True, slots=True)
class AccountView:
    """One account. `code` and `town` are the school's, `class_` the class (паралелка); empty ones are left out.

    `state` is `active`, `disabled` or `being-created`. `current`: whether it is the account to use; None when that
    cannot be told.
    """

    name: str = field(repr=False)
    username: str = field(repr=False)
    school: str
    code: str
    town: str
    class_: str
    state: str
    current: bool | None = None
    also_at: tuple[str, ...] = ()


@never_fails
def lookup_result_card(
    t: TextOf,
    *,
    masked: str,
    own_school: bool,
    accounts: tuple[AccountView, ...],
    several_people: bool = False,
    notice: str = "",
    buttons: tuple[Button, ...] = (),
) -> CardJson:
    """`masked` is the identifier that was asked for, already masked (empty: asked by name or username).
    `several_people`: whether the accounts may be those of several. A `notice` is to be known.
    """
    if not accounts:
        raise CardError("a result without an account is a notice")
    several = len(accounts) > 1
    ranked = sorted(accounts, key=lambda account: account.current is not True)
    return card(
        t,
        t("card-result-title"),
        *masked_fact(t("card-result-asked"), masked),
        *notice_box(notice),
        *_how_many(accounts, t, several_people=several_people),
        *(_account(account, t, several=several) for account in ranked[:MOST_ACCOUNTS]),
        *([] if own_school else [_elsewhere(ranked[0], t)]),
        aside(t("card-result-personal"), "large"),
        actions=offered(*buttons),
    )


def _how_many(accounts: tuple[AccountView, ...], t: TextOf, *, several_people: bool) -> tuple[Container, ...]:
    count = len(accounts)
    if count == 1:
        return ()
    clear = "card-result-several" if any(account.current for account in accounts) else "card-result-several-unclear"
    words = t("card-result-several-people" if several_people else clear, count=count)
    if count > MOST_ACCOUNTS:
        words = f"{words} {t('card-result-first', count=MOST_ACCOUNTS)}"
    return (box("", words, "emphasis"),)


def _account(account: AccountView, t: TextOf, *, several: bool) -> Container:
    lines: list[Element] = [name_line(account.name)]
    if several and account.current is not None:
        mark = t("card-result-current") if account.current else t("card-result-not-current")
        lines.append(bold(mark, spacing="none"))
    lines += copyable(t("card-result-username"), account.username[:_LONGEST_USERNAME])
    if account.school:
        place = ", ".join(part for part in (account.school, account.town) if part)
        lines.append(fact(t("card-school"), shown(place)))
    else:
        lines.append(fact(t("card-school"), t("card-result-no-school")))
    if account.code:
        lines.append(fact(t("card-result-code"), shown(account.code)))
    lines += (fact(t("card-result-also"), shown(school)) for school in account.also_at[:_MOST_SCHOOLS])
    lines += more(len(account.also_at) - _MOST_SCHOOLS, t)
    if mixes_alphabets(account.school):
        lines.append(aside(t("card-result-mixed-letters")))
    if account.class_:
        lines.append(class_fact(account.class_, t))
    state, advice = state_words(account.state, t)
    lines.append(fact(t("card-result-state"), state))
    if advice and account.current is not False:
        lines += paragraphs_of(advice)
    return Container(*lines, separator=True, spacing="medium")


def _elsewhere(account: AccountView, t: TextOf) -> TextBlock:
    """What a director can do about a student who is not of the director's own school."""
    if not account.school:
        return sentence(t("card-result-nowhere"))
    words = t("card-result-elsewhere")
    return sentence(f"{words} {t('card-result-elsewhere-password')}" if account.state == "active" else words)
