"""The words the service is recognised by."""

from bot.router.recognised import Recognised

RECOGNISED = Recognised(
    rules={
        "own-class": 5.5,
        "own-class missing": -3,
        "own-class no-account": 3,
        "own-class without": 1,
        "own-class not-received": 3,
        "own-class account": 2,
        # "Не виждам моя клас в Teams" is about a classroom.
        "own-class team": -4,
        "own-class classroom": -4,
        "own-class links": -4,
        "own-class username": -2,
        "own-class slip": -4,
        "own-class number": -3,
        "unknown": -2.1,
    },
    personal=True,
    # Passwords of a class are the director's; a class teacher asks for one, by the student's row.
    forbidden=lambda where: bool(where.keys() & {"password", "passwords", "told-password", "which-password"}),
)
