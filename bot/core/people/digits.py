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
