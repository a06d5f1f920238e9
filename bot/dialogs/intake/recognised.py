"""The words the service is recognised by."""

from bot.router.recognised import Recognised

RECOGNISED = Recognised(
    rules={
        "intake": 4,
        "intake account": 2,
        # "Приемане на искане": a request is decided about.
        "intake requests": -4,
        "intake request": -4,
        "intake decide": -2,
        "number": -1,
        "intake unknown": -2.1,
    },
    titles={"intake-others": "intake.form"},
    personal=True,
)
