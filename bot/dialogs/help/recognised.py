"""The words the service is recognised by."""

from bot.router.recognised import Recognised

RECOGNISED = Recognised(
    polite=frozenset({"greeting", "help"}),
    rules={
        "help": 4,
        "greeting": 3,
        "capability": 4,
        "what-you-do": 4,
        "how": 1,
        "how use": 3,
        "question": 3,
        "bot": 2,
        "confused": 3.5,
        "activate": 4,
        "to-whom": 2,
        "to-whom give": 4,
        "to-whom password": 5,
        "how give password": 6,
        "relative give whether password": 4,
        "may give": 4.5,
        "may give password": 4,
        "relative give": 2.5,
        "relative may": 3,
        "relative may password": 4,
        "activate-room": -4,
    },
    titles={"services-more": ""},
)
