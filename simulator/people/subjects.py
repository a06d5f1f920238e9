"""What is taught in which grade, as subject and kind of preparation (ООП, ИУЧ, ПП)."""

_PRIMARY = (
    "Български език и литература",
    "Математика",
    "Музика",
    "Изобразително изкуство",
    "Физическо възпитание и спорт",
)
_LOWER = (
    "Български език и литература",
    "Математика",
    "Английски език",
    "История и цивилизации",
    "География и икономика",
    "Човекът и природата",
    "Физическо възпитание и спорт",
)
_UPPER = (
    "Български език и литература",
    "Математика",
    "Английски език",
    "История и цивилизации",
    "Биология и здравно образование",
    "Физика и астрономия",
    "Химия и опазване на околната среда",
    "Информационни технологии",
)

ELECTIVE = ("Немски език", "ИУЧ")
"""Taught to two classes of a grade together."""


HOMEROOM_LESSON = ("Час на класа", "ООП")
"""Taught by the class teacher to their own class."""


def subjects_of(grade: int) -> tuple[tuple[str, str], ...]:
    """The curriculum rows of one class."""
    if grade <= 4:
        nature = "Околен свят" if grade <= 2 else "Човекът и обществото"
        return tuple((subject, "ООП") for subject in (*_PRIMARY, nature))
    if grade <= 7:
        return tuple((subject, "ООП") for subject in _LOWER)
    return tuple((subject, "ПП" if grade >= 11 and subject == "Математика" else "ООП") for subject in _UPPER)
