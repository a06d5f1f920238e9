"""The words the service is recognised by."""

from bot.router.recognised import Recognised

RECOGNISED = Recognised(
    rules={
        "requests": 5,
        # "Искане" alone is the list, whose first button begins a new one.
        "request": 2.5,
        "request unknown": -1,
        "withdraw": 1.5,
        "withdraw request": 4.5,
        "take-back": 1,
        "own-request": 5,
        "decide": 4,
        "decide request": 3,
        # "Одобрен ли е бюджетът": a word nobody listed makes it another matter.
        "decide unknown": -2.1,
        "decide account": 3,
        "decide other-school": 3,
        "elsewhere-ours": 8,
        "left apply": 6,
        "decide move": 4.5,
        "queue": 3,
        "late": 1.5,
        "late which": 1,
        "asked-us": 5,
        "refused-request": 6,
        "refused-request other-school": 4,
        "request-came": 5,
        "deputy": 4.5,
    },
    titles={"deputies": "deputies", "deputy-new": "deputies", "card-deputy-find-title": "deputies"},
)
