"""One class link: its state, why it is so, who must act, what is next."""

from cards.account_lines import more, name_line, shown
from cards.actions import Button, Execute, Press, form_button, offered
from cards.card import CardJson, card, never_fails
from cards.inputs import TextInput
from cards.lines import bold, box, fact, line, notice_box
from cards.strict import RichTextBlock
from cards.words import TextOf, shortened

MOST_NAMES = 120
_MOST_LINES, _ROW, _LONGEST_NAME = 40, 20, 60


@never_fails
def link_one_card(
    t: TextOf,
    *,
    title: str,
    facts: tuple[tuple[str, str], ...],
    warnings: tuple[str, ...] = (),
    notice: str = "",
    names: tuple[str, ...] = (),
    mark: Press | None = None,
    where: str = "",
    buttons: tuple[Button, ...] = (),
) -> CardJson:
    """Inputs: `where`, with `mark`.

    `facts` are (label, value) in order, `warnings` ready words. `names`: missing students, once asked for. `mark`:
    takes where the class is in Google Classroom.
    """
    actions: list[Execute] = []
    inputs: list[TextInput] = []
    if mark is not None:
        inputs.append(TextInput("where", t("link-mark-where"), value=where, max_length=200))
        actions.append(form_button(t("link-mark"), mark))
    return card(
        t,
        t("links-title-one"),
        name_line(title),
        *notice_box(notice),
        *(box("", warning, "warning") for warning in warnings),
        *(fact(label, value) for label, value in facts if value),
        *(_names(names, t) if names else ()),
        *inputs,
        actions=(*actions, *offered(*buttons)),
    )


def _names(names: tuple[str, ...], t: TextOf) -> tuple[RichTextBlock, ...]:
    """A line for each, as long as they are a class; a lecture's are told in rows, which take less room."""
    some = [shortened(shown(name), _LONGEST_NAME) for name in names[:MOST_NAMES]]
    rows = [", ".join(some[at : at + _ROW]) for at in range(0, len(some), _ROW)]
    lines = some if len(some) <= _MOST_LINES else rows
    title = bold(f"{t('card-links-missing')}:", spacing="small")
    return (title, *map(line, lines), *more(len(names) - MOST_NAMES, t))
