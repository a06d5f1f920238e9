"""A message as bytes: the same JSON as json's own, whatever somebody typed, and never over Teams' limit."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation import Reply
from bot.sending import TooLarge
from bot.teams.messages import MAX_BYTES, encoded, written

WHOLE_TEXT = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | WHOLE_TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WHOLE_TEXT, inner, max_size=4),
)


@given(VALUES)
def test_what_is_written_reads_back_as_it_was(value):
    assert json.loads(written(value)) == value


def test_half_of_a_surrogate_pair_is_sent_as_a_question_mark():
    assert json.loads(written({"text": "Ана \ud83d Петрова"})) == {"text": "Ана ? Петрова"}


@pytest.mark.parametrize("value", [object(), Reply(text="x"), datetime(2026, 9, 15, tzinfo=UTC)])
def test_what_is_no_json_is_not_sent(value):
    with pytest.raises(TypeError):
        written({"text": value})


@pytest.mark.parametrize("letter", ["a", "я", "€", "😀"])  # 1 to 4 bytes in UTF-8, 2, 2, 2 and 4 in UTF-16
def test_a_message_may_have_as_many_bytes_of_utf_16_as_teams_takes_and_no_more(letter):
    around = len('{"text":""}')
    room = (MAX_BYTES - 2 * around) // len(letter.encode("utf-16-le"))
    assert json.loads(encoded({"text": letter * room})) == {"text": letter * room}
    with pytest.raises(TooLarge):
        encoded({"text": letter * (room + 1)})
