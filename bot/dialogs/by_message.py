"""Which presses are understood when a phone sends them as a message instead of an invoke.

A message is stored, and so is the answer to it. Closed by default: a verb that is not declared here, also one of a
service to come, is answered with the advice to use a computer (docs/adr/0056).
"""

from bot.conversation import Verb

BY_MESSAGE = frozenset(
    {
        Verb.HELP,
        Verb.MORE,
        Verb.LANGUAGE_SET,
        Verb.REQUESTS_LIST,
        Verb.REQUESTS_APPROVE,
        Verb.REQUEST_OPEN,
        Verb.REQUEST_ASK,
        Verb.REQUEST_DO,
        Verb.DEPUTIES,
        Verb.DEPUTY_END,
        Verb.DEPUTY_ENDED,
        Verb.LINKS_OPEN,
        Verb.LINKS_LIST,
        Verb.LINKS_CHECK,
        Verb.LINKS_PLATFORM,
        Verb.LINKS_PLATFORM_SET,
        Verb.LINK_OPEN,
        Verb.LINK_ASK,
        Verb.LINK_DO,
        Verb.LINK_QUESTION,
        Verb.LINK_UNMARK,
    }
)
"""Presses whose seal says everything, and whose answer the bot would also send of its own accord or to a typed word:
no identifier, no password nor its card, no form that asks for either, no address that opens something, no list of
students that is not already in the chat.
"""

UNFILLED = frozenset({Verb.REQUEST_DO})
"""Of these the ones that some cards ask words for. With words they are closed: the words would not be read."""


def may_come_by_message(verb: Verb, *, filled: bool) -> bool:
    """Whether it is understood in a message. `filled`: something typed came along."""
    return verb in BY_MESSAGE and not (filled and verb in UNFILLED)
