"""Answers to a press on a card (invoke `adaptiveCard/action`), serialised once.

The HTTP status is 200 whenever the bot's code was involved; what went wrong stands in the body
(learn.microsoft.com/adaptive-cards/authoring-cards/universal-action-model, "Response format").
"""

from bot.conversation import Reply
from bot.teams.deliveries import HttpAnswer
from bot.teams.messages import CARD_TYPE, written

_MESSAGE_TYPE = "application/vnd.microsoft.activity.message"
_ERROR_TYPE = "application/vnd.microsoft.error"


def invoke_answer(reply: Reply | None) -> HttpAnswer:
    """The answer to a press. An error needs a text, so a refusal with a card is answered with the card."""
    if reply is None:
        return _answer(200, _MESSAGE_TYPE, "")
    if reply.card is not None:
        return _answer(200, CARD_TYPE, reply.card)
    if reply.refused:
        return _answer(400, _ERROR_TYPE, {"code": "BadRequest", "message": reply.text})
    return _answer(200, _MESSAGE_TYPE, reply.text)


def failed_invoke(reference: str) -> HttpAnswer:
    """The answer when the bot failed. This room has no words for people, so it shows the reference only."""
    return _answer(500, _ERROR_TYPE, {"code": "InternalServerError", "message": f"№ {reference}"})


def _answer(status: int, kind: str, value: object) -> HttpAnswer:
    return HttpAnswer(200, written({"statusCode": status, "type": kind, "value": value}))
