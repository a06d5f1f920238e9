"""The use cases of class links."""

from dataclasses import dataclass

from bot.core.class_links.act import AskDirector, KeepRegister, MendLink
from bot.core.class_links.one_time_links import LinkPage, OneTimePages
from bot.core.class_links.read import ReadLinks

LINKS = "/links/"
"""The pages outside the chat; what they are for and a token follow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassLinksCases:
    """`read` is one for the process: it remembers for minutes what it was told. `folder`: where the lists lie, "" for
    none. `public_url`: of the bot's pages, "" where browsers cannot reach it. `remind_days`: after so many a
    teacher is reminded; 0: nobody is.
    """

    read: ReadLinks
    mend: MendLink
    ask: AskDirector
    register: KeepRegister
    run: OneTimePages
    folder: str
    public_url: str
    remind_days: int

    def page(self, link_page: LinkPage, token: str) -> str:
        """The address of a page."""
        return f"{self.public_url.rstrip('/')}{LINKS}{link_page}/{token}"
