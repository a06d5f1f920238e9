# The words of the printed slip and of the page from which it is downloaded.

slip-heading = Slip for an @edu.mon.bg account
slip-class = Class
slip-username = Username
slip-password = Temporary password
slip-in-parts = In parts:
slip-reading = Read aloud:
slip-typing = Typed in Latin letters, without spaces. Only the first letter is a capital; the digits come last.
slip-signing-in = How to sign in for the first time
slip-step-open = Open teams.microsoft.com or the Microsoft Teams app.
slip-step-username = Type the username exactly as it is written, together with @edu.mon.bg.
slip-step-password = Type the temporary password.
slip-step-change = Choose a new password that only you know, and remember it.
slip-works-from = The password works from:
slip-expires = Use it until:
slip-keep = The account is personal. Do not show the password to others. Destroy the slip after changing the password.

slip-page-title = Slips with temporary passwords
slip-page-about = The file contains temporary passwords. It can be downloaded only once and is opened with the PIN from the chat with the bot.
slip-page-download = Download the file (PDF)
slip-page-after = Print the slips, hand them over in person and delete the file.
slip-page-gone = The link does not work any more. If the passwords can still be printed, ask for a new link in the chat with the bot in Microsoft Teams.
slip-page-trouble = The file cannot be prepared at the moment. Please try again in a little while. If the link does not work any more, ask for a new one in the chat with the bot in Microsoft Teams.
slip-page-wrong = The file cannot be downloaded in this way. Open the link from the chat with the bot in Microsoft Teams and press the button.
