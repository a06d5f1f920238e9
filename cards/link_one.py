"""One class link: its state, why it is so, who must act, what is next."""

from typing import Any

from cards.account_lines import more, shown
from cards.actions import Button, Execute, Press, offered
from cards.inputs import TextInput
from cards.lines import box, fact, heading, notice_box
from cards.strict import Card, RichTextBlock, TextRun
from cards.total import total
from cards.words import Translate, shortened

MOST_NAMES = 120
_MOST_LINES, _ROW, _LONGEST_NAME = 40, 20, 60


@total
def link_one_card(
    t: Translate,
    *,
    title: str,
    facts: tuple[tuple[str, str], ...],
    warnings: tuple[str, ...] = (),
    notice: str = "",
    names: tuple[str, ...] = (),
    mark: Press | None = None,
    where: str = "",
    buttons: tuple[Button, ...] = (),
) -> dict[str, Any]:
    """Inputs: `where`, with `mark`.

    `facts` are (label, value) in order, `warnings` ready words. `names`: missing students, once asked for. `mark`:
    takes where the class is in Google Classroom.
    """
    actions: list[Execute] = []
    inputs: list[TextInput] = []
    if mark is not None:
        inputs.append(TextInput("where", t("link-mark-where"), value=where, max_length=200))
        actions.append(Execute(t("link-mark"), mark, style="positive", associated_inputs="auto"))
    return Card(
        heading(t("links-title-one")),
        RichTextBlock(TextRun(shown(title), weight="bolder", size="medium")),
        *notice_box(notice),
        *(box("", warning, "warning") for warning in warnings),
        *(fact(label, value) for label, value in facts if value),
        *(_names(names, t) if names else ()),
        *inputs,
        lang=t("card-lang"),
        fallback_text=t("links-title-one"),
        actions=(*actions, *offered(*buttons)),
    ).to_dict()


def _names(names: tuple[str, ...], t: Translate) -> tuple[RichTextBlock, ...]:
    """A line for each, as long as they are a class; a lecture's are told in rows, which take less room."""
    some = [shortened(shown(name), _LONGEST_NAME) for name in names[:MOST_NAMES]]
    rows = [", ".join(some[at : at + _ROW]) for at in range(0, len(some), _ROW)]
    lines = some if len(some) <= _MOST_LINES else rows
    title = RichTextBlock(TextRun(f"{t('card-links-missing')}:", weight="bolder"), spacing="small")
    return (title, *(RichTextBlock(TextRun(line)) for line in lines), *more(len(names) - MOST_NAMES, t))
