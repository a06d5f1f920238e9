"""The words the service is recognised by."""

from bot.router.recognised import Recognised

RECOGNISED = Recognised(
    rules={
        "move": 4,
        # "Преместване на мебели": a word nobody listed makes it another matter.
        "move unknown": -2.1,
        "move account": 2,
        "move student": 1,
        "came": 1.5,
        "came account": 2,
        "came student": 1.5,
        "came school": 2,
        "obtain account": 4,
        "changed-school": 3.5,
        "other-school": 4,
        "other-school account": 3,
        "other-school new-person": 2.5,
        "school code": 2.5,
        "certificate": 2.5,
        "request": 2,
        "request unknown": -1,
        "new-request": 4,
        # "Искане за ученик от 2990001": another school is named.
        "request code": 1.5,
        "request number": 1,
        "apply account": 3.5,
        "apply student": 2,
        "request account": 2,
        "asked-us": -8,
        "request-came": -7,
        # A new student may come from another school, or be new to all schools: both are offered.
        "new-person": 1.5,
        "came new-person": -3,
    },
    titles={"transfer-new": ""},
)
