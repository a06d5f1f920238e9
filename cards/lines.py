"""The lines a card is made of. Only `heading` and `sentence` make TextBlocks."""

from typing import Literal

from cards.checked import NOTHING
from cards.strict import Container, RichTextBlock, TextBlock, TextRun
from cards.words import TextOf, data, plain, prose

Mood = Literal["plain", "good", "attention"]


def heading(text: str) -> TextBlock:
    """The card's title. Screen readers jump to it."""
    return TextBlock(plain(text) or NOTHING, style="heading", size="large", weight="bolder")


def sentence(text: str) -> TextBlock:
    """A text of the card's own, without data in it."""
    return TextBlock(text)


def line(text: str, **properties: object) -> RichTextBlock:
    """A line of its own."""
    return RichTextBlock(TextRun(text), **properties)


def bold(text: str, **properties: object) -> RichTextBlock:
    """A line in bold."""
    return RichTextBlock(TextRun(text, weight="bolder"), **properties)


def paragraphs_of(*texts: str) -> tuple[RichTextBlock, ...]:
    """Texts handed to the card ready made. Empty ones are left out, line breaks part paragraphs."""
    return tuple(line(cleaned) for text in texts for part in text.splitlines() if (cleaned := prose(part)))


def aside(text: str, spacing: str = "small") -> RichTextBlock:
    """A remark of lesser weight."""
    return RichTextBlock(TextRun(prose(text), is_subtle=True), spacing=spacing)


def fact(label: str, value: str) -> RichTextBlock:
    """A label and what somebody else wrote, on one line; a dash for nothing. A FactSet would read the value as
    Markdown.
    """
    text = data(value) or NOTHING
    return RichTextBlock(TextRun(f"{data(label)}: ", weight="bolder"), TextRun(text), spacing="small")


def copyable(label: str, value: str) -> tuple[RichTextBlock, RichTextBlock]:
    """A value to be copied: alone on its line, in letters that cannot be confused, and nothing added to it."""
    return (
        bold(label, spacing="medium"),
        RichTextBlock(TextRun(data(value) or NOTHING, font_type="monospace", size="medium"), spacing="small"),
    )


def large(value: str) -> RichTextBlock:
    """A value to be read from the screen and typed elsewhere: large, upright, no two letters alike."""
    return RichTextBlock(
        TextRun(data(value), font_type="monospace", size="extraLarge", weight="bolder"), spacing="small"
    )


def box(title: str, text: str, style: str) -> Container:
    """A message that stands out by its frame and by its first words, not by colour alone."""
    title_line = (bold(prose(title)),) if title else ()
    return Container(*title_line, *paragraphs_of(text), style=style)


def framed(texts: tuple[str, ...], mood: Mood) -> tuple[RichTextBlock, ...] | tuple[Container, ...]:
    """Paragraphs, in a frame where they say that something went well or wants attention."""
    told = paragraphs_of(*texts)
    return (Container(*told, style=mood),) if told and mood != "plain" else told


def notice_box(text: str) -> tuple[Container, ...]:
    """What is to be known, if anything is."""
    return (box("", text, "emphasis"),) if text else ()


def problem_box(text: str, t: TextOf) -> tuple[Container, ...]:
    """What is to be corrected before the form is sent again, if anything is."""
    return (box(t("card-form-problem"), text, "attention"),) if text else ()


def attention_box(text: str, t: TextOf) -> tuple[Container, ...]:
    """What is to be seen to, if anything is."""
    return (box(t("card-password-attention"), text, "attention"),) if text else ()
