# What a person can ask for. Each service: title (and button), what it does, what to type, an example.
# The examples never hold an EGN or another identifier: what is typed stays in the chat.

command-lookup = Username lookup
command-lookup-hint = Finds a student's username by EGN, LNCh or service number and, in your own school, by name.
command-lookup-word = lookup
command-lookup-example = username of a student

command-password = Temporary password
command-password-hint = Creates a temporary password for a student or teacher of your school.
command-password-word = password
command-password-example = new password for a student

command-transfer = Request a student's account
command-transfer-hint = Sends a request to the school the student attended and shows how far it has got.
command-transfer-word = transfer
command-transfer-example = request the account of a transferred student

command-requests = Requests
command-requests-hint = Shows sent, received and closed requests; you decide about received ones here.
command-requests-word = requests
command-requests-example = requests awaiting approval

command-new-accounts = New accounts
command-new-accounts-hint = Shows the new accounts: which were handed over and which are still to be.
command-new-accounts-word = new accounts
command-new-accounts-example = which new accounts are not handed out

command-class-links = Class teams
command-class-links-hint = Shows the class–subject–teacher links and what to do when one is missing.
command-class-links-word = classes
command-class-links-example = my class is missing in Teams

command-help = Help
command-help-hint = Shows what I can do and how to sign in to an account for the first time.
command-help-word = help
command-help-example = what can you do

command-language = Change language
command-language-hint = Changes the language of the chat: Bulgarian or English.
command-language-word = language
command-language-example = in English please
