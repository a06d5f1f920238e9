from hypothesis import given
from hypothesis import strategies as st

from bot.core.people.identifier_traces import hold_identifier, without_identifiers
from bot.core.people.identifiers import (
    Identifier,
    IdentifierKind,
    IdentifierProblem,
    InvalidIdentifier,
    masked,
    read_identifier,
)
from tests.properties.strategies import TODAY, egns, lnchs, usernames

EGN, LNCH, SERVICE = IdentifierKind
NOISE = st.text(" \u00a0\u202f\t-–—/\u200b\u200e\u200f\ufeff\u00ad", max_size=2)
LABELS = st.sampled_from(("", "ЕГН: ", "егн ", "EGN:", "'", "„", "\ufeff", "ЕГН № "))
TAILS = st.sampled_from(("", ".0", ".", " ", "\n", "“", "'"))
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


@given(egns(), LABELS, TAILS, st.data())
def test_every_valid_egn_survives_being_pasted(digits, label, tail, data):
    plain = tail == ".0"  # a spreadsheet writes that after bare digits only
    noisy = digits if plain else "".join(digit + data.draw(NOISE) for digit in digits)
    written = noisy.translate(FULL_WIDTH) if data.draw(st.booleans()) else noisy

    assert read_identifier(EGN, label + written + tail, TODAY, admit_synthetic=True) == Identifier(EGN, digits)


@given(st.one_of(st.text(max_size=40), st.text("0123456789 -/.,ОоЗзOlI'ЕГН:\u200b", max_size=20)))
def test_reading_never_adds_changes_or_reorders_digits(typed):
    for kind in IdentifierKind:
        read = read_identifier(kind, typed, TODAY, admit_synthetic=True)
        if isinstance(read, Identifier):
            typed_digits = "".join(str(int(char)) for char in typed if char.isdecimal())
            assert typed_digits.startswith(read.digits)
            rest = typed_digits.removeprefix(read.digits)
            if rest:  # the zeros of a fraction, or an exponent
                assert any(mark in typed for mark in (".", ","))
                assert not rest.strip("0") or "Е" in typed


@given(st.one_of(egns(), lnchs()), st.integers(0, 9), st.integers(1, 9))
def test_a_slip_in_one_digit_is_never_read_as_the_number_meant(digits, place, by):
    slipped = digits[:place] + str((int(digits[place]) + by) % 10) + digits[place + 1 :]

    for kind in IdentifierKind:
        read = read_identifier(kind, slipped, TODAY, admit_synthetic=True)
        assert not isinstance(read, Identifier) or read.digits == slipped != digits
        assert isinstance(read, Identifier) or read.suggestion == ""


@given(lnchs(), st.integers(0, 9), st.integers(1, 9))
def test_a_slip_in_one_digit_of_a_lnch_is_always_noticed(digits, place, by):
    slipped = digits[:place] + str((int(digits[place]) + by) % 10) + digits[place + 1 :]

    assert not isinstance(read_identifier(LNCH, slipped, TODAY, admit_synthetic=True), Identifier)


@given(egns(), st.integers(0, 9), st.sampled_from("ОоЗзOolI"))
def test_a_letter_is_named_wherever_it_stands(digits, place, letter):
    typed = digits[:place] + letter + digits[place + 1 :]

    read = read_identifier(EGN, typed, TODAY, admit_synthetic=True)

    assert isinstance(read, InvalidIdentifier)
    assert (read.problem, read.letter, read.position) == (IdentifierProblem.LETTER_FOR_DIGIT, letter, place + 1)


@given(st.from_regex(r"[0-9]{3,20}", fullmatch=True))
def test_no_number_is_both_a_service_number_and_another_kind(digits):
    if isinstance(read_identifier(SERVICE, digits, TODAY, admit_synthetic=True), Identifier):
        for kind in (EGN, LNCH):
            assert not isinstance(read_identifier(kind, digits, TODAY, admit_synthetic=True), Identifier)


@given(st.one_of(egns(), lnchs()), st.text(max_size=30), st.text(max_size=30))
def test_an_identifier_in_any_text_is_noticed_and_taken_out(digits, before, after):
    text = f"{before} {digits} {after}"

    assert hold_identifier(text)
    assert digits not in without_identifiers(text)


@given(st.one_of(egns(), lnchs()), st.data())
def test_a_spaced_identifier_is_noticed_and_taken_out(digits, data):
    cuts = sorted(data.draw(st.sets(st.integers(1, 9), min_size=1, max_size=4)))
    groups = [digits[start:end] for start, end in zip([0, *cuts], [*cuts, 10], strict=True)]
    text = "за " + data.draw(st.sampled_from((" ", "-", " - ", "\u00a0", ".", "/"))).join(groups) + " моля"

    assert hold_identifier(text)
    assert without_identifiers(text) == "за •••••• моля"


@given(st.one_of(egns(), lnchs()), st.sampled_from(("", "РД-", "РД ", "№ ", "УП-", "вх. №")), st.data())
def test_no_identifier_passes_as_the_number_of_a_document(digits, series, data):
    cuts = sorted(data.draw(st.sets(st.integers(1, 6), max_size=3)) | {6})
    groups = [digits[start:end] for start, end in zip([0, *cuts], [*cuts, 10], strict=True)]
    written = series + "-".join(groups[:-1]) + data.draw(st.sampled_from("/-")) + groups[-1]

    assert hold_identifier(written)
    assert digits not in "".join(filter(str.isdigit, without_identifiers(written)))


@given(st.one_of(st.text(), st.text("0123456789 -./ОЗаz\u200b\n", max_size=60)))
def test_cleaned_text_holds_no_identifier_and_is_clean(text):
    kept = without_identifiers(text)

    assert not hold_identifier(kept)
    assert without_identifiers(kept) == kept


@given(usernames(), st.from_regex(r"[0-9]{6,7}", fullmatch=True))
def test_usernames_and_school_codes_are_no_identifiers(username, code):
    assert not hold_identifier(f"{username} от училище {code}")
    assert not hold_identifier(username.partition("@")[0].upper())


@given(st.from_regex(r"[0-9]{6,20}", fullmatch=True))
def test_masked_shows_two_digits_only(digits):
    assert masked(digits) == "•" * 8 + digits[-2:]


PHONES = st.sampled_from(("0888123456", "0888 123 456", "+359 888 123 456", "+359888123456", "0899/12-34-56"))
BETWEEN = st.text(" ,;./-–\nи", min_size=1, max_size=4)


@given(st.one_of(egns(), lnchs()), PHONES, BETWEEN, st.booleans(), st.data())
def test_beside_a_telephone_number_an_identifier_is_still_one(digits, phone, between, first, data):
    noisy = "".join(digit + data.draw(st.sampled_from(("", "", "", " ", "-"))) for digit in digits)
    text = noisy + between + phone if first else phone + between + noisy

    assert hold_identifier(text)
    assert digits not in "".join(filter(str.isdigit, without_identifiers(text)))
