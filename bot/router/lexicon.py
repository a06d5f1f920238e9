"""The words of the language files, ready to be found in what a person typed.

Each typed word is looked up exactly, then by its beginning, then as two or more words with the spaces forgotten, then
with one slip (two in a long word). All of it is a few dictionary look-ups per word, and a bounded number of short
comparisons for a word that nothing matches.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from bot.router.folding import readings, spellings
from bot.router.shapes import is_name

_SHORTEST_TYPO = 4
"""Shorter words are too near to each other to guess."""
_LONG = 9
UNKNOWN = "unknown"
"""The concept of a word in small letters that nothing listed resembles."""
_ORDINARY = "ordinary"
"""The concept of the words that mean nothing: of the short words, only these are read inside a longer one."""
_GLUED = 7
"""Shorter words are not two words written together."""
_LONGEST_PART = 16
_ENDING_INSIDE = 4
_LONGEST_ENDING = 6
"""A stem with more than this behind it is another word ("клас" and "класификация")."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A concept found in the text, and the place of its first word. `guessed`: some word was misspelt."""

    concept: str
    position: int
    guessed: bool = False


@dataclass(slots=True)
class _Word:
    """One listed word. `concepts` are those it stands for alone; `phrases` begin with it."""

    whole: bool
    concepts: set[str] = field(default_factory=set)
    phrases: list[tuple[tuple[int, ...], str]] = field(default_factory=list)


@dataclass(slots=True)
class _Place:
    """A typed word, its keys, and the listed words it is or (`guessed`) may be, each with the letters shared."""

    typed: str
    keys: Sequence[str]
    found: dict[int, int]
    guessed: AbstractSet[int] = frozenset()


class Lexicon:
    """Concepts by their words. Immutable after construction."""

    def __init__(self, concepts: Mapping[str, Iterable[str]]) -> None:
        """`concepts`: to each concept its entries; an entry is one or more words, `*` behind a word marks a stem."""
        self._words: list[_Word] = []
        self._ids: dict[str, int] = {}
        self._exact: dict[str, set[int]] = {}
        self._stems: dict[str, set[int]] = {}
        for concept, entries in concepts.items():
            for entry in entries:
                ids = tuple(self._listed(word) for word in entry.split())
                if len(ids) == 1:
                    self._words[ids[0]].concepts.add(concept)
                elif ids:
                    self._words[ids[0]].phrases.append((ids, concept))
        # By beginning (one letter, two letters), then by length: what a misspelt word is compared with.
        self._tails: dict[str, set[int]] = {}
        self._near: dict[str, dict[tuple[int, bool], list[tuple[str, int]]]] = {}
        for keys, whole in ((self._exact, True), (self._stems, False)):
            for key, found in keys.items():
                if len(key) > _SHORTEST_TYPO:
                    self._tails.setdefault(key[1:], set()).update(found)
                if len(key) >= _SHORTEST_TYPO:
                    for beginning in (key[0], key[:2]):
                        near = self._near.setdefault(beginning, {}).setdefault((len(key), whole), [])
                        near.extend((key, word) for word in sorted(found))

    def find(self, words: Sequence[str]) -> list[Hit]:
        """Every concept in a sequence of typed words, and `UNKNOWN` for a word that is no listed one and no name."""
        places = [place for typed in words for place in self._places(typed)]
        clear = {at for at, place in enumerate(places) if self._says_something(place.found)}
        for at, phrase, _ in self._phrases(places):
            clear.update(range(at, at + len(phrase)))
        for at, place in enumerate(places):
            if at not in clear and not is_name(place.typed):
                guesses = self._misspelt(place.keys) or self._rarely_misspelt(place.keys)
                place.guessed = guesses.keys() - place.found.keys()
                place.found = guesses | place.found
        hits: list[Hit] = []
        for at, place in enumerate(places):
            if not place.found and len(place.typed) >= _SHORTEST_TYPO and place.typed.islower():
                hits.append(Hit(UNKNOWN, at))
            longest = max((length for word, length in place.found.items() if self._words[word].concepts), default=0)
            for word, length in place.found.items():
                if length == longest:
                    hits.extend(Hit(concept, at, word in place.guessed) for concept in self._words[word].concepts)
        for at, phrase, concept in self._phrases(places):
            unsure = any(part in places[at + along].guessed for along, part in enumerate(phrase))
            hits.append(Hit(concept, at, unsure))
        return hits

    def _places(self, typed: str) -> list[_Place]:
        """A typed word and the listed words it is; or several, if it is listed words with the spaces forgotten."""
        keys = readings(typed)
        found = self._known(keys)
        if not self._says_something(found) and not is_name(typed):  # "Стоянова" is no "стоя нова"
            for key in keys:
                if len(key) >= _GLUED and (parts := self._unglued(key)):
                    return [_Place(typed, (), part) for part in parts]
        return [_Place(typed, keys, found)]

    def _phrases(self, places: Sequence[_Place]) -> Iterator[tuple[int, tuple[int, ...], str]]:
        """The listed phrases all of whose words stand one after the other: where, which, what it means."""
        for at, place in enumerate(places):
            for word in place.found:
                for phrase, concept in self._words[word].phrases:
                    rest = places[at + 1 : at + len(phrase)]
                    if len(rest) == len(phrase) - 1 and all(
                        part in seen.found for part, seen in zip(phrase[1:], rest, strict=True)
                    ):
                        yield at, phrase, concept

    def _listed(self, word: str) -> int:
        stem = word.removesuffix("*")
        if word not in self._ids:
            self._ids[word] = len(self._words)
            self._words.append(_Word(whole=stem == word))
            keys = self._exact if stem == word else self._stems
            for key in spellings(stem):
                keys.setdefault(key, set()).add(self._ids[word])
                if key.endswith("и") and stem != word:  # "Позици*" is also "позиция", whose key is "позиця".
                    keys.setdefault(key[:-1] + "я", set()).add(self._ids[word])
        return self._ids[word]

    def _says_something(self, found: Iterable[int]) -> bool:
        return any(self._words[word].concepts or self._words[word].whole for word in found)

    def _unglued(self, key: str) -> list[dict[int, int]]:
        """The listed words, as few as may be, that together make up the whole key; none if it is not made of such."""
        made: list[list[dict[int, int]] | None] = [[], *[None] * len(key)]
        short = [0] * len(made)
        for start in range(len(key) - 1):
            before = made[start]
            for end in range(start + 2, min(len(key), start + _LONGEST_PART) + 1) if before is not None else ():
                now, little = made[end], short[start] + (end - start if end - start < _SHORTEST_TYPO else 0)
                if little >= _SHORTEST_TYPO or (now is not None and len(now) <= len(before or ()) + 1):
                    continue
                if part := self._part(key[start:end]):
                    made[end], short[end] = [*(before or ()), part], little
        return made[-1] or []

    def _part(self, key: str) -> dict[int, int]:
        found = dict.fromkeys(self._exact.get(key, ()), len(key) + 1)
        for end in range(max(_SHORTEST_TYPO, len(key) - _ENDING_INSIDE), len(key) + 1):
            found |= dict.fromkeys(self._stems.get(key[:end], ()), end)
        if len(key) < _SHORTEST_TYPO and not any(_ORDINARY in self._words[word].concepts for word in found):
            return {}
        return found if self._says_something(found) else {}

    def _known(self, keys: Sequence[str]) -> dict[int, int]:
        found: dict[int, int] = {}
        for key in keys:
            for word in self._exact.get(key, ()):
                found[word] = len(key) + 1
            for end in range(max(2, len(key) - _LONGEST_ENDING), len(key) + 1):
                if end > 3 or len(key) - end <= end:
                    for word in self._stems.get(key[:end], ()):
                        found[word] = max(end, found.get(word, 0))
        return found

    def _misspelt(self, keys: Sequence[str]) -> dict[int, int]:
        """The nearest listed words that begin with the same letter, or with the same two in the other order; hands
        seldom slip on the first letter, and without it too many innocent words come near.
        """
        best, found = 3, dict[int, int]()
        for key in keys:
            if len(key) < _SHORTEST_TYPO or key.isdigit():
                continue
            third = key[1:4]
            for beginning in (key[0], key[1] + key[0]):
                for (length, whole), near in self._near.get(beginning, {}).items():
                    parts = _parts(key, length, whole)
                    allowed = min(best, 2 if length >= _LONG else 1)
                    for listed, word in near if parts else ():
                        if listed[1] not in third and listed[2] not in third:
                            continue  # Two slips in the first three letters: a cheap refusal of most words.
                        distance = min(OSA.distance(listed, part, score_cutoff=allowed) for part in parts)
                        if distance < best and distance <= allowed:
                            best, found = distance, {}
                        if distance == best and distance <= allowed:
                            found[word] = max(length - distance, found.get(word, 0))
        return found

    def _rarely_misspelt(self, keys: Sequence[str]) -> dict[int, int]:
        """Words typed without their first letter, with another one in its place, or with one before it; and words of
        three letters with the last two swapped.
        """
        found: dict[int, int] = {}
        for key in keys:
            if len(key) == _SHORTEST_TYPO - 1:
                found |= dict.fromkeys(self._exact.get(key[0] + key[2] + key[1], ()), len(key))
            for rest in (key, key[1:], key[2:]):
                for end in range(max(_SHORTEST_TYPO, len(rest) - _ENDING_INSIDE), len(rest) + 1):
                    for word in self._tails.get(rest[:end], ()):
                        if end == len(rest) or not self._words[word].whole:
                            found[word] = max(end, found.get(word, 0))
        return found


def _parts(key: str, length: int, whole: bool) -> tuple[str, ...]:
    """The beginnings of a typed word that a listed word of this length may have become by one slip."""
    if whole:
        return (key,) if abs(len(key) - length) <= 2 else ()
    if length - 2 <= len(key) <= length + (_LONGEST_ENDING if length > _SHORTEST_TYPO else 2):
        return tuple(key[:end] for end in range(length - 1, min(length + 1, len(key)) + 1))
    return ()
