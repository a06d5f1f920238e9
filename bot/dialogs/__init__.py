"""The services of the bot, in the order of the menu: one line each, everything else is derived."""

from bot.dialogs.class_links import DIALOG as class_links
from bot.dialogs.help import DIALOG as help_
from bot.dialogs.language import DIALOG as language
from bot.dialogs.lookup import DIALOG as lookup
from bot.dialogs.new_accounts import DIALOG as new_accounts
from bot.dialogs.password import DIALOG as password
from bot.dialogs.requests import DIALOG as requests
from bot.dialogs.transfer import DIALOG as transfer

DIALOGS = (lookup, password, transfer, requests, new_accounts, class_links, help_, language)
