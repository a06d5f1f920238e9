command-account-lists = Ministry's list
command-account-lists-hint = Compares the lists of the ministry and NEISPUO with the accounts of the school and shows who has none yet.
command-account-lists-word = ministry list
command-account-lists-example = show me the ministry list

words-ministry-list = ministry list, ministrys list, list from the ministry, list of the ministry

## States

## What is next, for all
listed-do-only-listed = What is next is shown for each.
listed-do-found = Nothing needs to be done.
listed-do-disabled = Check their record in NEISPUO.
listed-do-other-school = If they have moved to your school, ask the former school for the account.
listed-do-two = Hand over neither account until it is clear which one stays.
listed-do-former-username = The username was changed. Hand over the present one.
listed-do-other-username = Hand over the username of the account, not the one in the list.
listed-do-by-name = The name is that of an account. Wait for the comparison by number.
listed-do-unsure = Check the row of the list before you hand over an account.

## What is next, for one
listed-next-only-listed = There is no account with these data in your school. A student who comes from another school has an account already and gets no new one. In any other case check that the person is enrolled in NEISPUO: the account is created after the enrolment. If there is none after a day, contact { $support }.
listed-next-found = Nothing needs to be done. Whether it was handed over is shown with the account.
listed-next-disabled = An inactive account cannot be handed over. If the person is in your school, check the record in NEISPUO and contact { $support }.
listed-next-other-school = There is an active account outside your school. If the student has moved to you, enrol the student in NEISPUO and ask the former school for the account. If not, the row of the list is old.
listed-next-two = The person has two active accounts in your school. Hand over neither until it is clear which one stays. Report it to the NEISPUO help desk with both usernames.
listed-next-former-username = The username in the list is not valid any more: in April 2024 a second letter was added to names that began with one. Hand over the present one.
listed-next-other-username = The account of this person has another username: it may have been changed, or be wrong in the list. Hand over the one of the account.
listed-next-by-name = Name and class are those of the account, but the number in the list was not found with it yet. A new account is compared by number within some hours. If nothing has changed by tomorrow, check the number in the list and in NEISPUO.
listed-next-unsure = The name in the list and the name of the account differ, or the row may be about more than one account. Check in NEISPUO whom the row is about.

## Who acts
listed-who-director = The director
listed-who-neispuo = The NEISPUO help desk

## The card
listed-title = Ministry's list
listed-none = No list of this school year has been read yet.
listed-none-upload = Upload the file of accounts from the ministry or NEISPUO and you will see who in it has no account in your school yet.
listed-lead =
    { $people ->
        [one] { $people } person in the list
       *[other] { $people } people in the list
    }, from { $files ->
        [one] { $files } file
       *[other] { $files } files
    }, as of { $at }.
listed-resolving = The list is still being compared with the accounts. The states may change.
listed-state-count = { $state }: { $count }
listed-unlisted =
    { $count ->
        [one] { $count } account of the school is not in the list.
       *[other] { $count } accounts of the school are not in the list.
    }
listed-arriving = The folder “{ $folder }” in the school's OneDrive is being checked. Press “Refresh” in a moment.
listed-checked = The folder “{ $folder }” in the school's OneDrive was last checked: { $at }
listed-folder-ended = Files of a former school year that still lie in the folder “{ $folder }” do not count.
listed-asked =
    { $count ->
        [one] In one table of the folder it is not clear what each column holds. Upload the file here to say so.
       *[other] In { $count } tables of the folder it is not clear what each column holds. Upload the files here to say so.
    }
listed-bad =
    { $count ->
        [one] { $count } row was not read. Upload the corrected file: you will see which row and why.
       *[other] { $count } rows were not read. Upload the corrected file: you will see which rows and why.
    }
listed-fault-more = { $said } Files not read besides this one: { $more }.
listed-upload = Upload a list of accounts
listed-files = Files
listed-files-about = The list comes from these files. Each counts for its school year, until 14 September, and is then erased by the bot. Those uploaded from 1 July on are of the next year.
listed-files-none = There are no files in the list.
listed-files-back = To the files
listed-file-told =
    { $people ->
        [one] { $people } person, of { $at }, counts until { $until }
       *[other] { $people } people, of { $at }, counts until { $until }
    }
listed-file-in-folder = The file lies in the folder “{ $folder }” in the school's OneDrive. Take it out there and the bot will not read it any more.
listed-file-gone = This file is not in the list any more, or another one was uploaded in its place. Nothing was removed.
listed-file-removed = The file was removed. The bot has erased the names in it.
listed-remove = Remove
listed-remove-title = Remove a file from the list
listed-remove-sure = The bot will erase the names in the file and compare them no more. The accounts stay as they are. The file can be uploaded again if it is needed.
listed-refresh = Refresh
listed-to-board = To the accounts
listed-back = To the ministry's list
listed-to-state = To the others
listed-count = In all: { $count }
listed-gone = This person is not in the list any more.

listed-class = Class
listed-teacher = Teacher
listed-nameless = No name in the list
listed-username = Username in the list
listed-username-now = Present username
listed-maybe = Possible account
listed-where = Where in the list
listed-row = { $file }, row { $row }
listed-file-sheet = { $file }, sheet “{ $sheet }”
listed-remarks = Remarks
listed-account = To the account
listed-account-of = Account { $number }
listed-intake = Intake of students

listed-remark-lost-zero = The number had lost its leading zero, which was put back.
listed-remark-identifier = The number is not valid and was left out.
listed-remark-check-digit = The number is no EGN or LNCH: check it.
listed-remark-username = The username is not valid and was left out.
listed-remark-domain = The username is of another domain and was left out.
listed-remark-class-from-date = Excel had made a date of the class; it was restored.
listed-remark-class = The class is not clear.

## The folder in OneDrive
listed-trouble-absent = There is no folder “{ $folder }” in the school's OneDrive. Make it with the administrative account.
listed-trouble-empty = There is no list (.xlsx, .csv, .txt or .zip) in the folder “{ $folder }” of the school's OneDrive.
listed-trouble-too-many = There are more than 100 lists in the folder “{ $folder }”. Leave only the new ones in it.
listed-trouble-locked = A file of the folder “{ $folder }” is locked. Close it in Excel; the bot will try again.
listed-trouble-changing = The files of the folder “{ $folder }” change while they are read. The bot will try again.
listed-trouble-forbidden = The bot may not read the folder “{ $folder }”. Contact { $support }.
listed-trouble-unreachable = The folder “{ $folder }” could not be read. The bot will try again.

## Files
listed-of-file = { $file }: { $said }
listed-fault-no-files = There is no .xlsx, .csv, .txt or .zip.
listed-fault-too-large = Too large: at most 8 MB a file and 24 MB in all, up to 20,000 rows. Upload only the list of your school.
listed-fault-all-too-large = With the lists of the school uploaded before there are more than 20,000 rows. Upload only the list of your school: files that are not needed are removed under “Files”.
listed-fault-too-many = Too many files: at most 100 at once and 100 in one .zip archive. Send them in parts, or divide them between several archives.
listed-fault-locked = The file is locked: it is open in Excel or somebody else uses it. Close it; the bot will try again.
listed-fault-refused = Microsoft does not allow the file to be read, mostly because a virus was found in it. Remove it from the folder and save the list as a new .xlsx.
listed-fault-not-text = The file cannot be read: it is damaged or saved in an unknown form. Save it from Excel as .xlsx.
listed-fault-old-format = The file is an .xls or has a password. Save it from Excel as .xlsx without a password.
listed-fault-macros = The file has macros. Save it from Excel as .xlsx.
listed-fault-nobody = It names nobody: no username, no number, no name with a class. Upload a table that has at least one of these columns.
listed-fault-not-asked = It has a table of other unknown columns. The bot will ask about it once you have named the columns of the others.
listed-fault-other-school = The list is another school's and was not read. Upload your school's list.
listed-fault-not-a-form = What was sent cannot be read.
listed-fault-busy = Other lists are being read. Try again in a minute.
listed-fault-too-slow = Reading took too long. Try again with fewer files.
listed-fault-too-much-memory = The file is too large when unpacked. Upload only the list of your school.
listed-fault-broken = Reading was cut off. Try again.
listed-note-secrets = The column of passwords or codes was not read and is not kept.
listed-note-hidden = The hidden sheet was not read.
listed-note-no-people = The sheet names nobody.
listed-note-not-read = The file does not belong with the others and was not read. Upload it on its own.
listed-note-repeated =
    { $count ->
        [one] { $count } row repeats another one.
       *[other] { $count } rows repeat others.
    }

## Upload
listed-upload-about = Upload one or several files of accounts: from the ministry, from NEISPUO, or a table of your own. Passwords in them are not read and not kept.

listed-page-title = Ministry's list: upload
listed-page-about = The files are compared with the accounts of your school. Columns of passwords are not read, and of numbers (EGN, LNCH) nothing remains that can be read.
listed-page-step-choose = Choose one or several files: .xlsx, .csv, .txt or .zip.
listed-page-step-send = Press the button. The page shows what was read, which rows were not, and why.
listed-page-step-again = A corrected file is uploaded again under its name: only what differs is changed. A file of other people does not take the place of an earlier one, even if it is called the same.
listed-page-files = Files with lists
listed-page-limits = At most 100 files, 8 MB a file and 24 MB in all.
listed-page-button = Send
listed-page-gone = The address has been used or is too old. Ask the bot for a new one.
listed-page-wrong = The page cannot be used like this. Open it from the chat with the bot in Microsoft Teams and press the button.
listed-page-trouble = The list cannot be read just now. Try again in a moment: the address still works.
listed-page-unusable = The list was not read.
listed-page-taken =
    { $people ->
        [one] { $people } person was read.
       *[other] { $people } people were read.
    }
listed-page-changed = In the whole list of the school – new: { $new }; changed: { $changed }; gone: { $gone }; as before: { $same }.
listed-page-replaced = { $file } takes the place of { $others }, uploaded earlier.
listed-page-beside = Most people of the files of that name uploaded earlier ({ $others }) are not in { $file }. So all the files count, and the new one is kept as { $name }. If it is to take the place of a former one, remove that one: “Ministry's list”, “Files”.
listed-page-back = The result is in the chat with the bot: “Ministry's list”.
listed-page-asks =
    { $count ->
        [one] In one table it is not clear what each column holds. Say so below: it will be remembered for the school.
       *[other] In { $count } tables it is not clear what each column holds. Say so below: it will be remembered for the school.
    }
listed-page-same =
    { $count ->
        [one] The answer is also for { $count } more table with the same columns.
       *[other] The answer is also for { $count } more tables with the same columns.
    }
listed-page-told = The columns are remembered. Choose the files again and send them.
listed-page-untold = Name at least one column with a name, a username or a number in each table. Choose the files again and send them.
listed-page-tell = Remember the columns
listed-page-column = Column { $number }: { $head }
listed-page-column-nameless = Column { $number }
listed-page-dots = Whatever may be a number or a password is replaced by dots.
listed-page-rows =
    { $count ->
        [one] { $count } row was not read
       *[other] { $count } rows were not read
    }
listed-page-more =
    { $count ->
        [one] { $count } more row was not read.
       *[other] { $count } more rows were not read.
    }
listed-page-faults = Files that were not read
listed-page-notes = Notes
listed-page-remarks = To be checked
listed-page-remark = { $remark } Rows: { $count }, the first is { $first }.
listed-page-head-file = File
listed-page-head-row = Row
listed-page-head-why = Why
listed-page-why-lacks = There is no username, no number, and no name with a class.
listed-page-why-identifier = The number is not valid, and there is nothing else to know the person by.
listed-page-why-rounded = Excel has rounded the number. Type it again as text.
listed-page-why-username = The username is not valid, and there is nothing else to know the person by.
listed-page-why-domain = The username is of another domain, and there is nothing else to know the person by.
listed-page-why-other-school = The row is another school's.
listed-page-why-conflict = Another row with another name has the same username or number.
listed-page-why-letters = The letters are damaged. Download the file again.
listed-page-why-quotes = The cells of the row do not fit the headings, or the quotation marks do not match. Download the file again.
listed-page-why-role = It is not clear whether this is a student or a teacher.

listed-meaning-name = Full name
listed-meaning-first-name = First name
listed-meaning-middle-name = Middle name
listed-meaning-last-name = Last name
listed-meaning-class = Class or grade
listed-meaning-letter = Letter of the class
listed-meaning-username = Username
listed-meaning-identifier = EGN, LNCH or service number
listed-meaning-kind = Student or teacher
listed-meaning-school = Code of the school
listed-meaning-secret = Passwords or codes (not read)
listed-meaning-nothing = Something else (not read)

listed-script-chosen = Chosen files
listed-script-drop = Files may also be dropped on the page.
listed-script-ready = ready to be sent
listed-script-large = too large
listed-script-stray = is no .xlsx, .csv, .txt or .zip and will not be sent
listed-script-remove = Remove
listed-script-complete = The files are ready to be sent.
listed-script-sending = Sending:
listed-script-reading = The files were sent and are being read.
listed-script-cut = The upload was interrupted. Please try again.
