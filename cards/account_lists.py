"""The ministry's list held against a school's accounts: how many are in which state."""

from cards.accounts import PartRow, part_row
from cards.actions import Button, offered
from cards.card import CardJson, aside, box, card, fact, never_fails, paragraphs_of
from cards.rows import rows
from cards.words import TextOf


@never_fails
def account_list_card(
    t: TextOf,
    *,
    school: str,
    lead: tuple[str, ...],
    notices: tuple[str, ...] = (),
    states: tuple[PartRow, ...] = (),
    told: tuple[str, ...] = (),
    buttons: tuple[Button, ...] = (),
) -> CardJson:
    """`lead`: how many people, of which day; `notices`: what is wrong; `told`: what else is to be known. All are
    ready words. No inputs.
    """
    return card(
        t,
        t("listed-title"),
        *([fact(t("card-school"), school)] if school else []),
        *paragraphs_of(*lead),
        *(box("", one, "warning") for one in notices),
        *rows(*map(part_row, states)),
        *(aside(one) for one in told),
        actions=offered(*buttons),
    )
