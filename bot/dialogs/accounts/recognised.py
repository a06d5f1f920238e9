"""The words the service is recognised by."""

from bot.router.recognised import Recognised

RECOGNISED = Recognised(
    rules={
        "new-account": 5.5,
        "new-person": 1.75,
        "new-person account": 2.25,
        "new-teacher": 2,
        "no-account": 3,
        "no-account student": 3,
        "not-received": 2.5,
        "created": 2,
        "created account": 2,
        "distribute": 2.5,
        "distribute account": 2,
        "received account": 4.5,
        "received account student": 2,
        "remaining account": 3,
        "accounts-of-school": 5,
        "accounts": 2.5,
        "slip": 4,
        "onedrive": 4.5,
        "first-grade": 1.75,
        "first-graders": 1.25,
        "first-grade account": 3.25,
        "first-grade username": 3.25,
        "file account": 2.5,
        # School marks "по математика" are also "бележки".
        "slip subject": -3,
        "number": -3,
        "abroad": 2,
        "abroad account": 3,
        # "A slip from the doctor", "the volleyball team": a word nobody listed, beside one hint, makes it another
        # matter.
        "unknown": -2.1,
    },
    titles={
        "accounts-table": "accounts.table",
        "accounts-weeks": "accounts.weeks",
        "accounts-back": "",
        "choices-open": "accounts.choices",
        "choices-title": "accounts.choices",
        "groups-title": "accounts.groups",
        "groups-new": "accounts.groups",
        # For whom is chosen on the board.
        "handing-papers": "",
        "handing-protocol-title": "",
        "handing-parents": "",
        "handing-slips": "",
    },
    personal=True,
)
