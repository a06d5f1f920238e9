"""„Желаете ли да продължите?“: what will happen, to whom, and who will receive it."""

from collections.abc import Iterator
from dataclasses import replace

from cards.account_lines import by_reason, handed_fact, recipient_word, shown
from cards.actions import Button, offered
from cards.card import CardJson, aside, attention_box, card, fact, never_fails, paragraphs_of
from cards.words import TextOf, data


@never_fails
def password_confirm_card(
    t: TextOf,
    *,
    confirm: Button,
    cancel: Button,
    recipient: str,
    class_: str,
    name: str = "",
    username: str = "",
    compromised: bool = False,
    count: int = 0,
    left_out: tuple[tuple[str, str], ...] = (),
    works_since: str = "",
    working: int = 0,
    unknown: int = 0,
    group: str = "",
    before: tuple[str, str, int] | tuple[()] = (),
) -> CardJson:
    """No inputs.

    `recipient` is `student`, `parent` or `teacher`. A class has `count` students and no name; `left_out` are those
    who cannot be given one, with the reason in words. `works_since`: since when the present password works, if it
    does; `working` and `unknown`: of how many of a class it works, and cannot be told. `group`: the name of a
    selection, in the place of a class. `before`: who else has made passwords for how many of them, and when (words).
    """
    return card(
        t,
        t("card-password-confirm-title"),
        *attention_box(_made_before(before, t), t),
        *paragraphs_of(_what(name, class_, group, count, t)),
        *paragraphs_of(*_ending(works_since, working, unknown, t)),
        *([fact(t("card-result-username"), username)] if username else []),
        handed_fact(recipient, t)
        if count
        else fact(t("card-password-handed-to"), t(f"card-password-handed-{recipient_word(recipient)}")),
        *paragraphs_of(t("card-password-confirm-compromised") if compromised else ""),
        *([by_reason(t("card-password-left-out", count=len(left_out)), left_out, t)] if left_out else []),
        aside(t("card-password-viber"), "medium"),
        aside(t("card-form-logged")),
        actions=offered(replace(confirm, style="positive"), cancel),
    )


def _ending(works_since: str, working: int, unknown: int, t: TextOf) -> Iterator[str]:
    """Which working passwords end with it: nothing where none does."""
    if works_since:
        yield t("card-password-confirm-works", at=works_since)
    if working:
        yield t("card-class-confirm-working", count=working)
    if unknown:
        yield t("card-class-confirm-unknown", count=unknown)


def _made_before(before: tuple[str, str, int] | tuple[()], t: TextOf) -> str:
    """That somebody else's slips end with it. A director without a name is one all the same."""
    if not before:
        return ""
    by, at, count = before
    who = shown(by) if by.strip() else t("card-class-confirm-somebody")
    return t("card-class-confirm-before", who=who, at=data(at), count=count)


def _what(name: str, class_: str, group: str, count: int, t: TextOf) -> str:
    class_ = shown(class_) if class_ else ""
    if count and group:
        return t("card-password-confirm-group", count=count, group=shown(group))
    if count:
        return t("card-password-confirm-many", count=count, class_=class_)
    if class_:
        return t("card-password-confirm", name=shown(name), class_=class_)
    return t("card-password-confirm-one", name=shown(name))
