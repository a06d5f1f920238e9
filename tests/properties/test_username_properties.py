import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.people.usernames import read_username
from tests.properties.strategies import DOMAIN, usernames

HARMLESS = re.compile(r"[a-z0-9._-]{3,64}@edu\.mon\.bg")
HOSTILE = st.text(
    "abzABZ019 .-_@'\"()%$&?#/\\;,=<>+*\u200b\u00a0\uff07\u02bc\u2019\x00\ud800іроІ" + DOMAIN, max_size=80
)
INJECTIONS = st.sampled_from(
    (
        "x' or externalId ne 'y", "ip01234567' or 1 eq 1", "a')/$count", "mailto:a'b@edu.mon.bg", "ip%27", "a''b",
        "ip01234567@edu.mon.bg'", "ip01234567@edu.mon.bg,", "<script>", "ip01234567\n", "＇ or 1 eq 1",
    )
)  # fmt: skip


TYPED = st.one_of(HOSTILE, INJECTIONS, st.builds("".join, st.lists(st.one_of(INJECTIONS, HOSTILE), max_size=3)))


def stays_within_the_grammar(typed):
    read = read_username(typed, DOMAIN)

    if read is not None:
        assert HARMLESS.fullmatch(read)
        assert not re.search(r"\d{10}", read)
        assert read.partition("@")[0][0].isalpha()
        assert read_username(read, DOMAIN) == read


@settings(max_examples=500)
@given(TYPED)
def test_nothing_outside_the_grammar_ever_comes_out(typed):
    stays_within_the_grammar(typed)


@pytest.mark.long
@settings(max_examples=5_000)
@given(TYPED)
def test_nothing_outside_the_grammar_comes_out_however_much_is_tried(typed):
    stays_within_the_grammar(typed)


@given(usernames(), st.booleans(), st.booleans(), st.sampled_from(("", " ", "\u200b", "mailto:", "<")))
def test_every_username_is_read_however_it_is_typed(username, with_domain, shout, before):
    typed = username if with_domain else username.partition("@")[0]

    assert read_username(before + (typed.upper() if shout else typed), DOMAIN) == username
