"""The words the service is recognised by."""

from bot.router.recognised import Recognised

RECOGNISED = Recognised(
    rules={
        "requests": 5,
        "requests move": 2,
        "decide": 4,
        "decide request": 3,
        # "Одобрен ли е бюджетът": a word nobody listed makes it another matter.
        "decide unknown": -2.1,
        "decide account": 3,
        "decide student": 2,
        "decide other-school": 3,
        "elsewhere-ours": 8,
        # Whom another school waits for.
        "left": 1.5,
        "left account": 3,
        "left apply": 4,
        "left decide": 3,
        "left other-school": 4,
        "decide apply": 3,
        "decide move": 4.5,
        "waiting": 1.5,
        "queue": 3,
        "waiting decide": 1,
        "waiting request": 2,
        "waiting requests": 1,
        "late": 1.5,
        "late which": 1,
        "late requests": 1,
        "late request": 2,
        "late school": 1.5,
        "asked-us": 5,
        "refused-request": 6,
        "refused-request other-school": 4,
        "request-came": 5,
    },
)
