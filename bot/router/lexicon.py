"""The words of the language files, ready to be found in what a person typed.

Each typed word is looked up exactly, then by its beginning, then with one slip (two in a long word). All of it is a
few dictionary look-ups per word, and a bounded number of short comparisons for a word that nothing matches.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from bot.router.folding import readings, spellings

_SHORTEST_TYPO = 4
"""Shorter words are too near to each other to guess."""
_LONG = 9
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
        self._near: dict[str, dict[tuple[int, bool], list[tuple[str, int]]]] = {}
        for keys, whole in ((self._exact, True), (self._stems, False)):
            for key, found in keys.items():
                if len(key) >= _SHORTEST_TYPO:
                    for beginning in (key[0], key[:2]):
                        near = self._near.setdefault(beginning, {}).setdefault((len(key), whole), [])
                        near.extend((key, word) for word in sorted(found))

    def find(self, words: Sequence[str]) -> list[Hit]:
        """Every concept in a sequence of typed words."""
        known: list[dict[int, int]] = []
        guessed: list[set[int]] = []
        for typed in words:
            found, guesses = self._recognised(typed)
            known.append(guesses | found)
            guessed.append(guesses.keys() - found.keys())
        hits: list[Hit] = []
        for position, found in enumerate(known):
            longest = max((length for word_id, length in found.items() if self._words[word_id].concepts), default=0)
            for word_id, length in found.items():
                word = self._words[word_id]
                if length == longest:
                    hits.extend(Hit(concept, position, word_id in guessed[position]) for concept in word.concepts)
                for phrase, concept in word.phrases:
                    rest = known[position + 1 : position + len(phrase)]
                    if len(rest) == len(phrase) - 1 and all(
                        part in seen for part, seen in zip(phrase[1:], rest, strict=True)
                    ):
                        unsure = any(part in guessed[position + at] for at, part in enumerate(phrase))
                        hits.append(Hit(concept, position, unsure))
        return hits

    def _listed(self, word: str) -> int:
        stem = word.removesuffix("*")
        if word not in self._ids:
            self._ids[word] = len(self._words)
            self._words.append(_Word(whole=stem == word))
            keys = self._exact if stem == word else self._stems
            for key in spellings(stem):
                keys.setdefault(key, set()).add(self._ids[word])
        return self._ids[word]

    def _recognised(self, typed: str) -> tuple[dict[int, int], dict[int, int]]:
        """The listed words a typed word is, and those it may be a slip for; each with how many letters they share."""
        keys = readings(typed)
        found = self._known(keys)
        if any(self._words[word].concepts or self._words[word].whole for word in found):
            return found, {}
        return found, self._misspelt(keys)

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
        """The nearest listed words that begin with the same letter, or with the same two in the other order: hands
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


def _parts(key: str, length: int, whole: bool) -> tuple[str, ...]:
    """The beginnings of a typed word that a listed word of this length may have become by one slip."""
    if whole:
        return (key,) if abs(len(key) - length) <= 2 else ()
    if length - 2 <= len(key) <= length + (_LONGEST_ENDING if length > _SHORTEST_TYPO else 2):
        return tuple(key[:end] for end in range(length - 1, min(length + 1, len(key)) + 1))
    return ()
