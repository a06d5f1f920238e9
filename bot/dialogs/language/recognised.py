"""The words the service is recognised by."""

from collections.abc import Mapping, Sequence

from bot.core.people.spoken_of import SpokenOf
from bot.router.lexicon import Hit
from bot.router.recognised import Recognised

NAMED = "named"
"""The id of the press that opens the question: the language that was spoken of."""
_CODES = {"english": "en", "bulgarian": "bg"}


def _language(hits: Sequence[Hit], whom: SpokenOf) -> Mapping[str, str]:  # noqa: ARG001 -- the shape of `Recognised.details`
    """The last language named; the other one if it is named to be refused ("I don't speak Bulgarian")."""
    named = [hit for hit in hits if hit.concept in _CODES]
    if not named:
        return {}
    last = max(named, key=lambda hit: hit.position)
    language = _CODES[last.concept]
    refused = any(hit.concept == "not" and 0 < last.position - hit.position <= 3 for hit in hits)
    alone = len({hit.concept for hit in named}) == 1
    return {NAMED: ("bg" if language == "en" else "en") if refused and alone else language}


RECOGNISED = Recognised(
    exactly={"said-english": {"language": "en"}, "said-bulgarian": {"language": "bg"}},
    rules={
        "english": 4.25,
        "bulgarian": 4.25,
        "language": 3.5,
        # "Езикът ми е подут": a word nobody listed makes it another matter.
        "language unknown": -1.6,
        # "По английски" is a lesson, not a wish to speak it.
        "subject english": -3,
        "subject bulgarian": -3,
        "subject language": -3.5,
        "password language": -4,
        "taught-language": -9,
        "language-taught": -9,
    },
    details=_language,
)
