"""What Teams puts into a text beside what was typed, and what the person said."""

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.conversation import Said
from bot.dialogs import DIALOGS
from bot.router import Heard, Router
from bot.teams.inbound import MAX_TEXT, read_activity
from bot.teams.parties import BadActivity, read_envelope
from bot.teams.strict_json import BadJson, read_object
from bot.texts.catalog import Catalog
from tests.connector.people import MEMBER, activity

SERVICE = "https://smba.trafficmanager.net/emea/"
BOT = "28:bot"
ROUTER = Router(Catalog.load(), DIALOGS)
IDENTIFIER = "4146054046"
OURS = {"type": "mention", "mentioned": {"id": BOT, "name": "bot"}}
ANNA = {"type": "mention", "mentioned": {"id": "29:anna", "name": "Анна"}, "text": "<at>Анна</at>"}
ZWSP, ZWNJ, ZWJ, BOM, SHY, RLO, RLM = "\u200b", "\u200c", "\u200d", "\ufeff", "\u00ad", "\u202e", "\u200f"


def said(text: str, *entities: Any, **more: Any) -> str:
    """The words of a message as they come out of its bytes."""
    made = activity("message", MEMBER, service_url=SERVICE, bot_id=BOT, text=text, entities=list(entities), **more)
    return said_in(json.dumps(made).encode())


def said_in(body: bytes) -> str:
    made = read_object(body)
    turn = read_activity(made, read_envelope(made)).turn
    assert turn is not None
    assert isinstance(turn.occasion, Said)
    return turn.occasion.text


def quoted(message: str = "1772050244572", **more: str) -> dict[str, Any]:
    return {"type": "quotedReply", "quotedReply": {"messageId": message, **more}}


@pytest.mark.parametrize(
    ("text", "entities", "words"),
    [
        # a quoted message is a placeholder, or stands in the text with its words
        ('<quoted messageId="1772050244572"/> парола', [quoted()], "парола"),
        ('<quoted messageId="1772050244572" /> парола', [], "парола"),
        ('<quoted messageId="1"/>\n<quoted messageId="2"/>парола', [quoted("1"), quoted("2")], "парола"),
        ('парола <quoted messageId="1772050244572"></quoted>', [quoted()], "парола"),
        (f'<quoted messageId="1">ЕГН {IDENTIFIER}</quoted> парола', [quoted("1")], "парола"),
        (f"<blockquote>ЕГН {IDENTIFIER}</blockquote><p>парола</p>", [], "парола"),
        (
            f'<blockquote itemtype="http://schema.skype.com/Reply" ><strong>Бот</strong><p itemprop="preview">ЕГН {IDENTIFIER}</p></blockquote>\r\n<p>парола</p>',
            [],
            "парола",
        ),
        (f"<blockquote>a<blockquote>{IDENTIFIER}</blockquote>b</blockquote>парола", [], "парола"),
        (f'<quote author="x"><legacyquote>[1] </legacyquote>{IDENTIFIER}</quote>парола', [], "парола"),
        (f"ЕГН {IDENTIFIER}\r\n\r\nпарола", [quoted(preview=f"ЕГН {IDENTIFIER}")], "парола"),
        ("парола за ученик", [quoted(preview="парола")], "парола за ученик"),
        ("парола", [quoted(preview="парола")], "парола"),
        ("</blockquote>парола", [], "парола"),
        ("<blockquote>парола", [], "парола"),
        # mentions, with and without their text
        ("<at>bot</at> парола", [OURS], "парола"),
        ("<at>Електронни профили</at> парола", [{"type": "mention", "mentioned": {"id": BOT}}], "парола"),
        ("<at>bot</at> парола", [OURS | {"text": "<at>bot</at>"}], "парола"),
        ('<at id="0">bot</at>&nbsp;парола', [OURS], "парола"),
        ("<AT>bot</AT> парола <at>bot</at>", [OURS], "парола"),
        ("bot парола", [OURS | {"text": "bot"}], "парола"),
        ("парола за парола", [OURS | {"text": "парола"}], "за парола"),
        ("<at>Анна</at> парола <at>bot</at>", [ANNA, {"type": "mention", "mentioned": {"id": BOT}}], "Анна парола"),
        ("<at>bot</at> парола за <at>Анна</at>", [OURS, ANNA], "парола за Анна"),
        ("<at>bot</at> парола за <at>Анна</at>", [ANNA, OURS], "парола за Анна"),
        ("<at>Анна</at> <at>Анна</at>", [ANNA, OURS], "Анна Анна"),
        ("<at>bot</at> парола", [{"type": "mention"}, {"type": "mention", "mentioned": 7}, "x", None], "bot парола"),
        # the formatting of a text that was pasted or formatted
        ("<p>парола</p>", [], "парола"),
        ("<div><div>дай ми</div><div>парола</div></div>", [], "дай ми\n\nпарола"),
        ("дай ми<br>парола<br/>", [], "дай ми\nпарола"),
        ("<p>пар<b>о</b>ла</p>", [], "парола"),
        ('<span style="font-size:14px">парола</span>', [], "парола"),
        ('<a href="https://example.bg/?a=1&amp;b=2">парола</a>', [], "парола"),
        ('парола <emoji id="smile" alt="🙂" title="Smile"></emoji>', [], "парола"),
        ('парола <img src="https://example.bg/x.png" alt="🙂" width="20"/>', [], "парола"),
        ('парола<attachment id="ab"></attachment>', [], "парола"),
        # entities
        ("класове&nbsp;", [], "класове"),
        ("&nbsp;класове&#160;&#xA0;", [], "класове"),
        ("&quot;парола&quot;", [], '"парола"'),
        ("&#1087;арола", [], "парола"),
        ("&lt;p&gt; е параграф", [], "<p> е параграф"),
        ("R&amp;D", [], "R&D"),
        ("&amp;nbsp;", [], "&nbsp;"),
        ("парола&#0;&#xD83D;", [], "парола��"),
        ("&непозната; &xyzzy;", [], "&непозната; &xyzzy;"),
        # what was typed means itself
        ("5 < 6 && 7 > 6", [], "5 < 6 && 7 > 6"),
        ("a<b", [], "a<b"),
        ("клас < 5 и > 3", [], "клас < 5 и > 3"),
        ("<3", [], "<3"),
        ("<script>alert(1)</script>", [], "<script>alert(1)</script>"),
        ("<pbx> и <bold>", [], "<pbx> и <bold>"),
        ("R&D & co; &copy", [], "R&D & co; &copy"),
        ("<", [], "<"),
        ("&", [], "&"),
        # what nobody sees
        (f"{BOM}пар{ZWSP}о{SHY}ла{RLM}", [], "парола"),
        (f"па{RLO}рола", [], "парола"),
        (f"41460{ZWSP}54046", [], "4146054046"),
        ("пар\x00ола\x07", [], "пар ола"),
        ("парола\u00a0за\u2003ученик", [], "парола за ученик"),
        ("❤\ufe0f парола", [], "❤ парола"),
        (f"{ZWSP}{ZWJ}{ZWNJ}", [], ""),
    ],
)
def test_only_what_the_person_typed_is_said(text, entities, words):
    assert said(text, *entities) == words


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (rb'"text":"\u043f\u0430\u0440\u043e\u043b\u0430 \ud83d"', "парола �"),
        (rb'"text":"\ude00\u043f\u0430\u0440\u043e\u043b\u0430"', "�парола"),
        (rb'"text":"\uDE00\uD83D"', "��"),
        (rb'"text":"\ud83d\ude00"', "😀"),
        (rb'"text":"\ud83d\\ude00"', "�\\ude00"),
        (rb'"text":"ab","\udc00":"\ud800","entities":["\ud800",{"\udfff":["\udbff"]}]', "ab"),
    ],
)
def test_half_an_emoji_is_answered_with_the_half_replaced(body, words):
    made = activity("message", MEMBER, service_url=SERVICE, bot_id=BOT)
    made.pop("text", None)
    made.pop("entities", None)

    assert said_in(json.dumps(made).encode()[:-1] + b"," + body + b"}") == words


def test_half_an_emoji_among_the_inputs_of_a_card_is_replaced_too():
    data = {"typed": "Ив\ud83d", "\udc00": "x", "students": ["\ud800", {"a": "\udfff"}]}
    value = {"action": {"verb": "lookup.search", "data": data}}
    made = activity("invoke", MEMBER, service_url=SERVICE, bot_id=BOT, name="adaptiveCard/action", value=value)
    read = read_object(json.dumps(made).encode())

    turn = read_activity(read, read_envelope(read)).turn

    assert turn is not None
    assert turn.occasion.data == {"typed": "Ив�", "�": "x", "students": ["�", {"a": "�"}]}  # type: ignore[union-attr]  # it was pressed


def test_two_ids_never_become_one():
    """An id with half a character is refused, not mended: another one could be mended to the same."""
    for place in ("id", "aadObjectId"):
        made = activity("message", MEMBER, service_url=SERVICE, bot_id=BOT, text="помощ")
        made["from"] = {"id": "29:anna", "aadObjectId": "anna", place: "anna\ud83d"}
        read = read_object(json.dumps(made).encode())
        with pytest.raises(BadActivity):
            read_activity(read, read_envelope(read))
    with pytest.raises(BadJson):
        read_object(rb'{"\ud800":1,"\udc00":2}')


_TAG = st.sampled_from(
    [
        "<at>",
        "</at>",
        "<quoted",
        "/>",
        "<blockquote>",
        "</blockquote>",
        "<p>",
        "<br",
        ">",
        "<",
        "&",
        "&nbsp;",
        "&#x",
        ";",
    ]
)


@given(
    st.lists(_TAG | st.text(max_size=6)).map("".join), st.lists(st.sampled_from([OURS, ANNA, quoted()]), max_size=4)
)
@example("<at " * 900, [OURS])
@example("<blockquote>" * 300, [])
@example("</blockquote>" * 300, [])
@example("&#" * 2_000, [])
@example("<p " + "a " * 2_000, [])
def test_whatever_is_sent_is_read_and_never_longer_than_allowed(text, entities):
    words = said(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"), *entities)

    assert len(words) <= MAX_TEXT
    assert words == words.strip()


@given(st.text(st.characters(exclude_categories=("C", "Z", "M"), exclude_characters="<>&"), max_size=60))
def test_a_text_without_anything_of_teams_stays_as_it_is(text):
    assert said(text) == text


@pytest.mark.parametrize(
    ("body", "same_as"),
    [
        (('<quoted messageId="1772050244572"/> парола', quoted()), "парола"),
        (('<quoted messageId="4146054046"/> парола',), "парола"),
        (("<at>bot</at> парола", OURS), "парола"),
        (("класове&nbsp;",), "класове"),
        (("дай ми парола;",), "дай ми парола"),
        (("парола �",), "парола"),
        (("<p>класове</p>",), "класове"),
        (("парола за <at>Анна</at>", ANNA), "парола за Анна"),
    ],
)
def test_it_is_understood_as_if_it_had_been_typed_alone(body, same_as):
    assert ROUTER.hear(said(*body)) == ROUTER.hear(same_as)
    assert ROUTER.hear(same_as).name in {"password", "class-links"}


@pytest.mark.parametrize("end", [*".,!?:;…", "!!!", "?!", ";;", "--", " –", "»", "“", "’", "`", "。", "！", "；", "؟", "।", "、",
                                 "﹖", "‽", ")", "]", "}", ">", "/", "\\", "|", "*", "_", "#", "~", "^", "=", " ;)", "🙂", "№", "©"])  # fmt: skip
@pytest.mark.parametrize("words", ["парола", "дай ми парола", "класове", "password"])
def test_no_punctuation_at_the_end_changes_what_is_asked(words, end):
    heard = ROUTER.hear(words)

    assert heard.name is not None
    for text in (words + end, f"{words} {end}", said(words + end)):
        assert ROUTER.hear(text) == Heard(heard.name), text
