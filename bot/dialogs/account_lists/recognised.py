"""The words the service is recognised by."""

from bot.router.recognised import Recognised

RECOGNISED = Recognised(
    rules={"ministry-list": 8},
    titles={"listed-upload": "listed.upload", "former-title-upload": "listed.upload"},
    # Whose list it is may be said ("от РУО"): it is not personal. Nothing is offered to whoever wants it destroyed.
    forbidden=lambda where: "destroy" in where,
)
