"""What asks for nothing and is answered in a line: thanks, a farewell, „добре“, „отказ“, „назад“, a greeting."""

from collections.abc import Sequence
from unicodedata import category

from bot.router.lexicon import UNKNOWN, Hit

COURTESIES = ("thanks", "farewell", "stop", "back", "greeting", "agreed")
"""Of several in one text the first is answered."""

_WORDS = {courtesy: courtesy for courtesy in COURTESIES} | {"pleased": "thanks", "declined": "stop"}
"""The concepts of them → which they are."""

_SAYS_NOTHING = frozenset({*_WORDS, "ordinary"})
_ALONGSIDE = {
    # Whoever thanks says for what, in any words; „отказвам се“ is also how a request is withdrawn.
    "thanks": frozenset({UNKNOWN, "surname", "help", "not", "without", "question"}),
    "farewell": frozenset({UNKNOWN, "surname"}),
    "agreed": frozenset({"not", "without", "all"}),
    "stop": frozenset({"refuse", "withdraw", "not", "without"}),
}
_MOST_WORDS = {"thanks": 8, "farewell": 6}
_FEW_WORDS = 3

_SIGNS = {"thanks": "🙏🌹💐🌷🙂😊☺😀😃😄😁💪👏🤝🙌❤♥💯🎉", "agreed": "👍👌🆗✅✔☑", "greeting": "👋"}
_SIGN = {sign: courtesy for courtesy, signs in _SIGNS.items() for sign in signs}


def courtesy_of(hits: Sequence[Hit], words: int, *, asks: bool) -> str:
    """Which courtesy the whole of a text is, "" for one that says anything else, or `asks`."""
    said = {hit.concept for hit in hits if hit.concept in _WORDS or not hit.guessed}
    for answer in ("agreed", "declined"):  # "да" and "не" stand in many sentences
        if not any(hit.concept == answer and hit.position == 0 for hit in hits):
            said.discard(answer)
    courtesy = next((one for concept, one in _WORDS.items() if concept in said), "")
    most = _FEW_WORDS if "thanks" not in said and courtesy == "thanks" else _MOST_WORDS.get(courtesy, _FEW_WORDS)
    if not courtesy or asks or words > most:
        return ""
    return courtesy if said <= _SAYS_NOTHING | _ALONGSIDE.get(courtesy, frozenset()) else ""


def courtesy_in_signs(text: str) -> str:
    """The same of a text without a word: a thumb that is up, hands put together."""
    signs = [
        character for character in text if not character.isspace() and category(character) not in {"Mn", "Sk", "Cf"}
    ]
    found = [_SIGN.get(sign, "") for sign in signs]
    return found[0] if found and all(found) else ""
