slip-page-about = The file contains temporary passwords. It can be downloaded only once and is opened with the PIN from the chat with the bot.
slip-page-after = Print the slips, hand them over in person and delete the file.
