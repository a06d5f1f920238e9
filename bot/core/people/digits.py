import unicodedata


def plain_digits(text: str) -> str:
    """The text without invisible characters (Unicode category Cf: zero-width, BOM, bidi marks, soft hyphen) and with
    the decimal digits of every script as 0–9.
    """
    return "".join(
        str(unicodedata.decimal(char)) if unicodedata.category(char) == "Nd" else char
        for char in text
        if unicodedata.category(char) != "Cf"
    )


def shaped_digits(text: str) -> str:
    """The text with digits that have a shape of their own (⁴, ④, ⒋) as 0–9. They are read as digits by people and by
    nobody else.
    """
    if text.isascii():
        return text
    return "".join(_plain_form(char) if unicodedata.category(char) == "No" else char for char in text)


def _plain_form(char: str) -> str:
    """Of a fraction or a number of another script nothing is gained by its parts: it stays."""
    plain = unicodedata.normalize("NFKC", char)
    return plain if all(part in "0123456789(),." for part in plain) else char
