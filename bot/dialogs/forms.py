"""Which presses and words only open something empty. Everything else may show details of people.

For those few a role remembered for a minute is enough. For all others, also those of a service to come, who asks is
asked of the directory anew: whoever was disabled there, or is director no more, is shown nobody.
"""

from bot.conversation import Command, Verb

EMPTY = frozenset(
    {
        Verb.HELP,
        Verb.LANGUAGE_SET,
        Verb.LOOKUP_OPEN,
        Verb.PASSWORD_OPEN,
        Verb.TRANSFER_OPEN,
        Verb.DEPUTY_FIND,
    }
)
"""Presses answered with a menu, a choice, or a form with nothing in it."""

OPEN_EMPTY = frozenset({Command.HELP, Command.LANGUAGE, Command.LOOKUP, Command.PASSWORD, Command.TRANSFER})
"""What is typed and answered so."""
