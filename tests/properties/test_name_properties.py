from hypothesis import given
from hypothesis import strategies as st

from bot.core.people.model import AccountState, Kind, Person
from bot.core.people.names import Match, NameIndex, keys, rank
from bot.core.people.spelling import law_latin, mon_latin
from tests.properties.strategies import FAMILY_NAMES, FIRST_NAMES, names

# Шльокавица as people write it, longest first; written here by hand.
CHAT = (
    {"щ": "6t", "ч": "4", "ш": "6", "я": "q", "ю": "ju", "ж": "j", "ц": "c", "ъ": "y", "й": "j", "ь": "j", "в": "w",
     "х": "h"},
    {"щ": "sht", "ч": "ch", "ш": "sh", "я": "ya", "ю": "iu", "ж": "zh", "ц": "tz", "ъ": "u", "й": "i", "ь": "i",
     "в": "v", "х": "x"},
)  # fmt: skip
PLAIN = dict(zip("абгдезиклмнопрстуф", "abgdeziklmnoprstuf", strict=True))


def chat(name, habit):
    table = PLAIN | CHAT[habit]
    return "".join(table.get(char, char) for char in name.lower())


ALPHABET = "абвгдежзийклмнопрстуфхцчшщъьюя"
# Longer made-up words leave out the letters with most spellings. In шльокавица "цх" is written like ч, and a word of
# ч and ш alone is a number.
MADE_UP = st.one_of(
    st.text(ALPHABET, min_size=2, max_size=3), st.text("абвгдежзиклмнопрстфхцчшщя", min_size=2, max_size=9)
).filter(lambda name: "цх" not in name and set(name) - set("чш"))


@given(st.one_of(names(), MADE_UP), st.integers(0, 1), st.booleans())
def test_a_name_is_found_by_each_of_its_spellings(name, habit, shout):
    for typed in (law_latin(name), mon_latin(name), chat(name, habit), name.swapcase()):
        fit = rank(typed.upper() if shout else typed, name)
        assert fit in (Match.EXACT, Match.FOLDED), typed


@given(names(), st.randoms(use_true_random=False), st.integers(1, 3), st.integers(0, 1))
def test_some_of_the_words_in_any_order_and_script_are_enough(name, random, count, habit):
    some = random.sample(name.split(), count)
    written = [random.choice((str, law_latin, mon_latin, lambda word: chat(word, habit)))(word) for word in some]

    fit = rank(" ".join(written), name)

    assert fit is not None
    assert fit <= Match.WORDS


@given(st.sampled_from(FIRST_NAMES + FAMILY_NAMES), st.sampled_from(FIRST_NAMES + FAMILY_NAMES))
def test_other_names_are_other_names(one, two):
    if one != two and not (set(one.split("-")) & set(two.split("-"))):
        assert not keys(one) & keys(two)


@given(st.lists(names(), min_size=1, max_size=30), st.data())
def test_the_index_finds_what_comparing_with_everybody_finds(all_names, data):
    people = [
        Person(str(number), name, f"u{number}", Kind.STUDENT, AccountState.ACTIVE)
        for number, name in enumerate(all_names)
    ]
    typed = " ".join(word[: data.draw(st.integers(2, 12))] for word in data.draw(st.sampled_from(all_names)).split())

    found = NameIndex(people).search(typed)

    fits = {person.id: rank(typed, person.name) for person in people}
    tiers = [{Match.EXACT, Match.FOLDED, Match.WORDS}, {Match.WIDE}, {Match.PREFIX}, {Match.SHORTER}]
    expected = next((ids for tier in tiers if (ids := {one for one in fits if fits[one] in tier})), set())
    assert {person.id for person in found} == expected
    ranks = [fits[person.id] or Match.EXACT for person in found]
    assert ranks == sorted(ranks)
    assert found


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_is_ranked_without_a_fault(typed, name):
    assert rank(typed, name) is None or isinstance(rank(typed, name), Match)
