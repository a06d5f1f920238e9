"""What asks for nothing and is answered in a line: thanks, a farewell, „добре“, „отказ“, „назад“, a greeting."""

from collections.abc import Sequence
from unicodedata import category

from bot.router.lexicon import UNKNOWN, Hit

COURTESIES = ("thanks", "farewell", "stop", "back", "greeting", "agreed")
"""The concepts of them; of several in one text the first is answered."""

_SAYS_NOTHING = frozenset({*COURTESIES, "ordinary"})
_ALONGSIDE = {
    # Whoever thanks says for what, in any words; „отказвам се“ is also how a request is withdrawn.
    "thanks": frozenset({UNKNOWN, "surname", "help", "not", "question"}),
    "farewell": frozenset({UNKNOWN, "surname"}),
    "stop": frozenset({"refuse", "withdraw", "not"}),
}
_MOST_WORDS = {"thanks": 8, "farewell": 6}
_FEW_WORDS = 3

_SIGNS = {"thanks": "🙏🌹💐🌷", "agreed": "👍👌🆗✅✔☑🙂😊☺😀😃😄😁💪👏🤝🙌❤♥💯🎉", "greeting": "👋"}
_SIGN = {sign: courtesy for courtesy, signs in _SIGNS.items() for sign in signs}


def courtesy_of(hits: Sequence[Hit], words: int, *, asks: bool) -> str:
    """Which courtesy the whole of a text is, "" for one that says anything else, or `asks`."""
    said = {hit.concept for hit in hits if hit.concept in COURTESIES or not hit.guessed}
    courtesy = next((one for one in COURTESIES if one in said), "")
    if not courtesy or asks or words > _MOST_WORDS.get(courtesy, _FEW_WORDS):
        return ""
    return courtesy if said <= _SAYS_NOTHING | _ALONGSIDE.get(courtesy, frozenset()) else ""


def courtesy_in_signs(text: str) -> str:
    """The same of a text without a word: a thumb that is up, hands put together."""
    signs = [
        character for character in text if not character.isspace() and category(character) not in {"Mn", "Sk", "Cf"}
    ]
    found = [_SIGN.get(sign, "") for sign in signs]
    return found[0] if found and all(found) else ""
