"""What a person typed, taken out of the `text` of a Teams message.

Teams puts more into it than was typed: mentions (`<at>`), the place of a quoted message (`<quoted messageId="…"/>`)
or the message itself in a `<blockquote>`, pictures, emoji and attachments as elements, now and then the formatting as
HTML, entities such as `&nbsp;`, and invisible characters. Only what Teams itself writes is taken out: any
other `<` or `&` was typed by the person. Elements are taken out before entities are read, so that a typed `<p>`,
which arrives as `&lt;p&gt;`, stays.

Sources: "Mentions" and "Receive a message" (learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations),
"Quoted Replies" (microsoft.github.io/teams-sdk), MicrosoftDocs/msteams-docs#3960.

Every pattern is linear: none has two neighbours that could share a character.
"""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from itertools import islice
from unicodedata import category

_AT = re.compile(r"<at(?:\s[^<>]*)?>([^<>]*)</at\s*>", re.IGNORECASE)
_QUOTED = re.compile(r"<(?:quoted|attachment|emoji|img)(?:\s[^<>]*)?/>", re.IGNORECASE)
_QUOTE = re.compile(r"<(/?)(blockquote|quoted|quote)(?:\s[^<>]*)?>", re.IGNORECASE)
_BLOCK = re.compile(
    r"</?(?:p|br|div|ul|ol|li|hr|h[1-6]|pre|table|thead|tbody|tr|td|th|img|emoji|attachment|blockquote|quoted|quote)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_INLINE = re.compile(
    r"</?(?:a|at|b|strong|i|em|u|ins|s|strike|del|span|font|code|sub|sup|small|big|readonly)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE)
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co"})
_MOST_MARKED = 8
"""The marked-up text is read up to this multiple of the typed text's limit."""
_MOST_MENTIONS = 50
_SELECTORS = {*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0), 0x034F}


def typed_text(text: str, activity: Mapping[str, object], bot_id: str, bot_name: str | None, most: int) -> str:
    """The person's own words, at most `most` characters. Never raises, whatever `activity` holds."""
    text = _without_quotes(text[: _MOST_MARKED * most])
    text = _without_mentions(text, list(islice(_mentions(activity), _MOST_MENTIONS)), bot_id, bot_name)
    text = _INLINE.sub("", _BLOCK.sub("\n", text))
    text = _seen(_ENTITY.sub(_character, text))
    return _without_previews(text.strip(), activity).strip()[:most]


def _without_quotes(text: str) -> str:
    """Without quoted messages: placeholders, and elements with their whole content. An element that is never closed
    is no quote: only its tag is removed, with the other elements.
    """
    text = _QUOTED.sub(" ", text)
    kept, end, opened = [], 0, list[re.Match[str]]()
    for mark in _QUOTE.finditer(text):
        if not mark[1]:
            opened.append(mark)
        elif opened:
            first = opened.pop()
            if not opened:
                kept += [text[end : first.start()], " "]
                end = mark.end()
    return "".join((*kept, text[end:]))


def _mentions(activity: Mapping[str, object]) -> Iterator[tuple[str, str, str]]:
    """The mentions: id, name, and the text of the mention; empty where a field is missing."""
    for entity in _entities(activity, "mention"):
        mentioned = entity.get("mentioned")
        account: Mapping[str, object] = mentioned if isinstance(mentioned, dict) else {}
        yield _text(account, "id"), _text(account, "name"), _text(entity, "text")


def _without_mentions(text: str, mentions: list[tuple[str, str, str]], bot_id: str, bot_name: str | None) -> str:
    """Without mentions of the bot. Names of other people stay: they are part of the sentence.

    A mention of the bot may come without its `text`; then the bot's name is looked for, and else the first mention
    that names no other person is removed.
    """
    ours = [(name, marked) for whose, name, marked in mentions if whose == bot_id]
    others = {_name(marked) or name for whose, name, marked in mentions if whose != bot_id}
    names = {_name(marked) or name for name, marked in ours} | {bot_name or ""}
    for _, marked in ours:
        if marked and not _AT.fullmatch(marked):  # as it stands, and once: it may be a word that is said too
            text = text.replace(marked, " ", 1)
    unnamed = sum(not name and not marked for name, marked in ours)

    def mention(found: re.Match[str]) -> str:
        nonlocal unnamed
        name = found[1].strip()
        if name in names - {""} and name not in others:
            return " "
        if unnamed and name not in others:
            unnamed -= 1
            return " "
        return found[1]

    return _AT.sub(mention, text)


def _name(marked: str) -> str:
    found = _AT.fullmatch(marked)
    return found[1].strip() if found else ""


def _character(entity: re.Match[str]) -> str:
    return unescape(entity[0])


def _seen(text: str) -> str:
    """Without invisible characters (joiners, direction marks, soft hyphens). Control characters become spaces."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(character) for character in text)


def _shown(character: str) -> str:
    if character.isspace():
        return character if character in "\n\r" else " "
    if ord(character) in _SELECTORS:
        return ""
    kind = category(character)
    return (" " if kind == "Cc" else "") if kind in _UNSEEN else character


def _without_previews(text: str, activity: Mapping[str, object]) -> str:
    """Without the quoted message that some clients write above the answer, on separate lines."""
    for quoted in _entities(activity, "quotedReply"):
        about = quoted.get("quotedReply")
        preview = _seen(_text(about, "preview")).strip() if isinstance(about, dict) else ""
        rest = text[len(preview) :]
        if preview and text.startswith(preview) and rest[:1] in {"\n", "\r"} and rest.strip():
            text = rest.strip()
    return text


def _entities(activity: Mapping[str, object], kind: str) -> Iterator[Mapping[str, object]]:
    entities = activity.get("entities")
    for entity in entities if isinstance(entities, list) else ():
        if isinstance(entity, dict) and entity.get("type") == kind:
            yield entity


def _text(holder: Mapping[str, object], name: str) -> str:
    value = holder.get(name)
    return value if isinstance(value, str) else ""
