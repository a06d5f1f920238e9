"""The words the service is recognised by."""

from bot.router.recognised import Recognised

RECOGNISED = Recognised(rules={"ministry-list": 8}, personal=True)
