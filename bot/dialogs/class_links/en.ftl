command-class-links = Classrooms in Teams
command-class-links-hint = Shows which classrooms are created, which are missing and what to do. The whole list in Excel: “{ links-errand-table }”.
links-hint-own = Shows your classrooms: which are created, which are missing and what to do.
command-class-links-word = classrooms
command-class-links-example = my classroom is missing

# Links between class, subject and teacher: states, causes, who acts, cards, messages.

## States (the first are the register's own words)
link-state-waiting = Waiting to be created
link-state-being-created = Being created
link-state-created = Created
link-state-synced = Synchronised
link-state-failed = Synchronisation failed
link-state-looping = In an endless loop
link-state-missing = Missing in Teams
link-state-not-owner = The classroom exists, the teacher does not own it
link-state-not-member = The teacher owns the team and is not among its members
link-state-no-team = The team is not created yet
link-state-not-activated = The team is not activated for students
link-state-students-missing = Students are missing
link-state-archived = The team is archived
link-state-unexpected = Still in Teams, but not in NEISPUO any more
link-state-duplicate = Duplicate classroom
link-state-found = Exists in Teams
link-state-unread = Not fully checked
link-state-to-be-made = To be created in Classroom
link-state-made = Created in Classroom

## Causes
link-cause-waiting = The lessons are entered in NEISPUO. The nightly synchronisation is still to come.
link-cause-being-created = The classroom is created, Teams is still preparing the team.
link-cause-created = The team is created and Teams is still adding the teachers and students. This may take a day.
link-cause-synced = Everything is in order.
link-cause-failed = NEISPUO says: “{ $status }”.
link-cause-looping = NEISPUO repeats the creation, without success.
link-cause-missing = NEISPUO lists the classroom, but Teams does not have it even after the nightly synchronisation. Most often the cause is the teaching assignment.
link-cause-not-owner = NEISPUO lists the teacher, who is not an owner of the classroom in Teams.
link-cause-not-member = The teacher owns the classroom and is not its member. Without that parts of Teams do not work for the teacher.
link-cause-no-team = The classroom exists, but has no team in Teams.
link-cause-not-activated = The team is ready, but students do not see it until a teacher activates it.
link-cause-students-missing = { $missing } of { $students } students listed in NEISPUO are missing in Teams.
link-cause-archived = The team was archived by one of its owners.
link-cause-unexpected = Teams has it, NEISPUO does not list it any more.
link-cause-duplicate = Several classrooms in Teams belong to one row of NEISPUO.
link-cause-found = The school has no list from NEISPUO to compare with.
link-cause-found-awaited = The list from NEISPUO is being read and has not been compared with Teams yet.
link-cause-unread = Some of the data were not received from Microsoft.
link-cause-to-be-made = The school uses Google Classroom. The teachers create the classrooms there.
link-cause-made = It is marked as created in Classroom.

## Who acts
link-who-nobody = Nobody – wait
link-who-teacher = The teacher
link-who-director = The director or the school's administrator
link-who-help-desk = NEISPUO's help desk

## What is next
link-next-wait-until = Check again after { $until }.
link-next-waiting = Check again tomorrow morning.
link-next-being-created = Check again in some hours.
link-next-created = Check again tomorrow.
link-next-synced = No action is needed.
link-next-failed = Report it in NEISPUO with the number of the row: { $row }.
link-next-looping = Report it in NEISPUO with the number of the row: { $row }.
link-next-missing = Check the teaching assignments in NEISPUO: is there a row for the class and subject, and is the teacher named? Then you can create the classroom through the bot.
link-next-not-owner = Check in NEISPUO whether the teacher is named in this row, and add them as an owner through the bot.
link-next-not-member = Add the teacher as a member, too, through the bot.
link-next-no-team = You can create the team through the bot.
link-next-not-activated = Open the team in Teams and choose “Activate” at the top right.
link-next-students-missing = Check in NEISPUO whether the students are in the class, and add them through the bot.
link-next-archived = In Teams open “Manage teams”, tab “Archived”, and restore the team.
link-next-unexpected = If the teacher still teaches it, name them in the row in NEISPUO again. If not, remove them from the team in Teams.
link-next-duplicate = Report it in NEISPUO with the number of the row: { $row }. Do not delete a team before it is clear which one has the students' work.
link-next-found = Export the files for Teams from NEISPUO (School Data Sync or OneRoster, .csv). Upload them through the bot (“{ links-errand-list }”) or put them into the school's OneDrive.
link-next-unread = Press “Check now” in a while.
link-next-to-be-made = Create the classroom in Google Classroom and mark it through the bot.
link-next-remind-not-activated = Remind the teacher to open the team in Teams and choose “Activate” at the top right.
link-next-remind-archived = Remind the teacher to restore the team: in Teams under “Manage teams”, tab “Archived”.
link-next-remind-to-be-made = Remind the teacher to create the classroom in Google Classroom. When it is made, mark it through the bot.
link-next-made = No action is needed.
link-next-ask-director = Ask the director.

link-flag-no-owner = The team has no owner.
link-flag-student-owner = Attention: a student owns the team. Take the rights away in Teams.
link-flagged-no-owner = Teams without an owner
link-flagged-student-owner = Teams with a student among the owners

## What must be done, in the director's summary
link-do-no-owner = add an owner in Teams
link-do-student-owner = take the student's rights away in Teams
link-do-help-desk = report in NEISPUO with the number of the row
link-do-missing = check the teaching assignments, then create
link-do-not-owner = add the teacher as an owner
link-do-not-member = add the teacher as a member, too
link-do-no-team = create the team
link-do-not-activated = activate the team
link-do-students-missing = add the students
link-do-archived = restore the team
link-do-unexpected = enter it in NEISPUO or remove the teacher from the team
link-do-to-be-made = create it in Google Classroom and mark it
links-to-report = To be reported to NEISPUO
card-links-no-todo = Nobody has to do anything at the moment.
card-links-details = Details
card-links-known = What is known of the classroom

## The list of a teacher and of a director
links-title = Classrooms
links-title-one = Classroom
links-checked = Checked: { $at }
links-listed = NEISPUO's list of { $at }
links-none = There are no classrooms to show.
links-none-listed = There are no classrooms of yours, neither in NEISPUO's list nor in Teams.
links-partial = Some of the data were not received from Microsoft, and what is shown may be incomplete. Check again in a while.
links-no-list = There is no list from NEISPUO, so only what exists in Teams is shown.
links-no-list-upload = There is no list from NEISPUO, so only what exists in Teams is shown. Please export the list from NEISPUO and upload it with the button “{ $button }”.
links-list-awaited = The list from NEISPUO is being read and is not taken into account yet. Please press “{ $button }” in a moment.
links-row-since = since { $since }
links-check = Check now
links-back = To the list
links-overview = To the summary
links-all = All classrooms

links-fault-no-files = The folder “{ $folder }” in the school's OneDrive has no list.
links-fault-forbidden = The bot may not read the school’s folder in OneDrive. The list can be uploaded without it; the right is given by the administrator.
links-fault-unreachable = The list could not be read. The bot will try again.
links-fault-locked = A file of the list is locked: { $where }. Close it in Excel; the bot will try again.
links-fault-refused = Microsoft does not allow a file of the list to be read: { $where }. Mostly a virus was found in it. Remove the file and export the list from NEISPUO again.
links-fault-file-too-large = A file of the list is too large: { $where }.
links-fault-too-large = The list is too large: over 8 MB a file, over 24 MB in all, or with too many rows. Upload only the files of your school.
links-fault-too-many = Too many files: at most 100, also in one .zip archive. Only the files of the list are needed, as downloaded from NEISPUO.
links-fault-not-text = A file of the list cannot be read: { $where }.
links-fault-no-column = The list lacks a column: { $where }.
links-fault-empty = The list is empty. Export it from NEISPUO again.
links-fault-file-empty = The file { $where } has no row below its heading.
links-fault-again = Export the list from NEISPUO again.
links-fault-not-a-form = The list was not sent by the page for uploads.
links-fault-busy = Other lists are being read at the moment. Please try again in a minute.
links-fault-too-slow = Uploading or reading the list took too long. Please try again.
links-fault-too-much-memory = The list cannot be read: it holds too much data. Upload only the files of your own school.
links-fault-broken = Reading the list was cut short. Please try again; if it happens again, export the list anew.
links-fault-other-school = The list has no classrooms of this school. Upload your school's list.
links-fault-row = Rows left out: { $count } ({ $where }, the first is row { $line }).

card-links-row = Row in NEISPUO
card-links-state = State
card-links-since = In this state since
card-links-cause = Cause
card-links-who = Who must act
card-links-step = What is next
card-links-teacher = Teacher
card-links-also = Besides
card-links-bar-good = in order
card-links-bar-warning = to be completed
card-links-bar-attention = not working
card-links-bar-emphasis = waiting

## Acts
link-act-add-owner = Add the teacher as an owner
link-act-add-member = Add the teacher as a member
link-act-add-students = Add the missing students
link-act-create = Create the classroom
link-act-create-team = Create the team
link-act-ask-add-owner = { $teacher } will become an owner and a member of “{ $title }”.
link-act-ask-add-member = { $teacher } will be a member of “{ $title }”, too.
link-act-ask-add-students = The missing students ({ $missing }) will be added to “{ $title }”.
link-act-ask-create = Team “{ $title }” will be created, with the teacher and students of the list.
link-act-ask-create-team = For the classroom “{ $title }” a team will be created, with the teacher and students of the list.
link-act-source = The data come from NEISPUO: if there is a mistake there, the nightly synchronisation may undo the change.
link-act-correct = Check in NEISPUO
link-act-late = More than ten minutes have passed. This is how it is now.
link-act-again = More than ten minutes have passed. This is how it is now; confirm again if you wish.
link-act-correct-add-owner = teaching assignments, row { $row }, the teacher
link-act-correct-add-students = the students' class and row { $row }
link-act-correct-create = teaching assignments, row { $row }
link-act-confirm = Confirm
link-act-cancel = Cancel
link-act-begun-title = Your request is accepted
link-act-begun = It is being carried out. You will get a message when it is done.
link-act-open-already = It is being carried out already.
link-names = Names of the missing students

link-question-ask = Ask the director
link-question-sent-title = Sent
link-question-sent = The director will get a message. The answer will come here.
link-question-sent-again = Your question is recorded and waits for an answer. A director whom it has not reached will get it too. The answer will come here.
link-question-asked = Asked on
link-question-card-title = A teacher asks about a classroom
link-question-card = { $name } asks about “{ $title }”.
link-question-answered = It was answered: { $name }, { $at }.
link-question-gone = The question does not concern you any more.
link-answer-words = Answer to the teacher
link-answer-words-missing = Please write why.
link-answer-settled = It is solved
link-answer-declined = It stays as it is
link-answer-done-title = The answer is sent
link-answer-see = See the classroom

link-news-title-done = Done
link-news-title-failed = The action was not carried out
link-news-title-answer = Answer to your question about a classroom
link-news-add-owner = The teacher is an owner and a member of “{ $title }”.
link-news-add-students = Students added to “{ $title }”: { $count }.
link-news-create = Team “{ $title }” is created. Students will see it after the teacher activates it.
link-news-failed = What was to be done about “{ $title }” was not done.
link-news-settled = It is solved: “{ $title }”.
link-news-declined = It stays as it is: “{ $title }”.
link-news-title-unreached = The director has not been told yet
link-news-unreached = Your question about “{ $title }” is recorded, but the message did not reach the director. The bot goes on trying. Please contact the director in person.
link-news-by = Answered by { $name }.
link-trouble-not-any-more = The data have changed meanwhile. Check again.
link-trouble-nobody = The teacher or the students have no account in the school. Check in NEISPUO whether they are enrolled; the account is made after that.
link-trouble-other-school = The classroom with this row number belongs to another school. Please check the list.
link-trouble-refused = Microsoft refused the change. Contact { $support }.
link-trouble-unavailable = Microsoft did not answer. Try later.

## Google Classroom
links-platform-teams = The school uses Teams now.
links-platform-classroom = The school uses Google Classroom now.
links-platform-to-teams = Go back to Teams
links-platform-to-classroom = Change to Classroom
links-platform-to-teams-sure = Go back to Teams?
links-platform-to-classroom-sure = Change to Google Classroom?
links-platform-classroom-count =
    { $count ->
        [one] NEISPUO's list has { $count } classroom; marked as created in Google Classroom already: { $made }.
       *[other] NEISPUO's list has { $count } classrooms; marked as created in Google Classroom already: { $made }.
    }
links-platform-classroom-whose =
    { $count ->
        [one] In Google Classroom { $count } teacher creates and owns them, and marks here what is created; you can, too. The bot changes and deletes nothing in Teams.
       *[other] In Google Classroom the teachers create and own them: { $count }. Each marks the own here, you can mark all. The bot changes and deletes nothing in Teams.
    }
links-platform-classroom-reminds = A teacher who has not marked a classroom for more than { $days } days is reminded, once a week at most. Reminders of teams that are not activated stop.
links-platform-teams-count =
    { $count ->
        [one] { $count } classroom of NEISPUO's list will be compared with Teams again. What is marked in Google Classroom ({ $made }) is kept.
       *[other] { $count } classrooms of NEISPUO's list will be compared with Teams again. What is marked in Google Classroom ({ $made }) is kept.
    }
links-platform-teams-whose = In Teams the nightly synchronisation of NEISPUO creates them, and the teachers own them. Nothing is changed in Google Classroom.
links-platform-teams-reminds = A teacher who has not activated a team for more than { $days } days is reminded, once a week at most. Reminders of Google Classroom stop.
links-platform-reminds-nobody = Teachers are not reminded.
links-platform-back = You can change your choice at any time with the button “{ $button }” in the summary.
links-platform-chosen = Your choice is kept
links-platform-classroom-next = The classrooms are now to be created by the teachers and marked here. Teachers see their own when they type “classrooms”.
links-platform-teams-next = The summary shows what is created in Teams and what must be done.
links-by-hand = In schools that use Google Classroom, the teachers or the school administrator create the classrooms.
links-left = Left: { $left } of { $all }
link-unmark = Undo the mark
link-mark-where = Code or address of the classroom in Classroom (optional)
link-mark-where-label = In Classroom
link-marked = Marked: “{ $title }” is created in Google Classroom.
link-unmarked = The mark is undone. The classroom is among those to be created again.
link-unmarked-already = The mark was undone before.
links-several = Mark several
links-several-title = Mark classrooms
card-links-several = Created in Google Classroom
card-links-several-left =
    { $count ->
        [one] { $count } classroom is not marked yet.
       *[other] { $count } classrooms are not marked yet.
    }
links-several-chosen = Mark those chosen
links-several-rest = Mark all ({ $count })
links-several-next = Go on without marking
links-several-missing = Please choose at least one classroom.
links-several-already = They were marked before: { $titles }.
links-several-elsewhere = Not marked, because they are not in Google Classroom any more: { $titles }.
links-several-gone =
    { $count ->
        [one] One of those chosen is not in NEISPUO's list any more and was not marked.
       *[other] { $count } of those chosen are not in NEISPUO's list any more and were not marked.
    }
links-several-done =
    { $count ->
        [one] { $count } classroom is marked.
       *[other] { $count } classrooms are marked.
    }
links-several-none = All classrooms of this list are marked.
links-several-undo = Undo these marks
links-several-undone-title = The marks are undone
links-several-undone =
    { $count ->
        [one] { $count } classroom is to be created again.
       *[other] { $count } classrooms are to be created again.
    }
links-several-undone-none = These marks were undone before.
links-several-sure-title = Mark all?
links-several-sure =
    { $count ->
        [one] { $count } classroom will be marked as created in Google Classroom.
       *[other] { $count } classrooms will be marked as created in Google Classroom.
    }
links-several-of = List: { $list }
links-several-whose = Teachers: { $count }. They will not be reminded of the marked classrooms any more.
links-several-follows = The marks can be undone afterwards.

## The table, uploading a list, reminders
link-of-teacher = The teacher's classrooms
card-links-class = Classroom
card-links-username = Username
card-links-find = Look for a class, a subject or a teacher
card-links-find-button = Search
links-errand-table = Table (Excel)
links-errand-table-about = All classrooms of the school as a table to download. It names no student.
links-errand-list = Upload the classrooms
links-errand-list-about = Upload the list from NEISPUO if it is not in the school's OneDrive: .csv files (School Data Sync or OneRoster) or one .zip archive.
links-of-teacher = classrooms of { $teacher }
links-found = search “{ $words }”
links-uploaded = List uploaded on { $at }
link-page-table-title = Classrooms
link-page-table-about = A table of all classrooms of the school: state, cause and next step. It can be downloaded once only.
link-page-table-step-download = Press the button. The file klasove.xlsx is saved in the folder Downloads.
link-page-table-step-open = Open it with Excel. Each row is one classroom.
link-page-table-step-again = For a newer table ask for a new address in the chat with the bot.
link-page-table-button = Download the table (Excel)
link-page-list-title = Upload the list from NEISPUO
link-page-list-about = The list says which classrooms the school should have. The bot compares it with Teams. It is kept encrypted.
link-page-list-step-get = Download from NEISPUO the list of classrooms for Teams (School Data Sync or OneRoster): four .csv files or one .zip archive.
link-page-list-step-choose = Choose the downloaded files here. You need not open them; do not rename them.
link-page-list-step-send = Press “{ link-page-list-button }”. You will see at once whether the list was taken and, if something is wrong, in which row and what to do.
link-page-list-files = Files (.csv or .zip)
link-page-list-needed = Needed are { $first } and { $last }, or one .zip archive with them. At most 8 MB a file and 24 MB in all.
link-page-list-drop = You can also drop them onto the page with the mouse.
link-page-list-chosen = Chosen files
link-page-list-ready = ready
link-page-list-lacking = Missing. Choose the file with exactly this name.
link-page-list-large = It is larger than 8 MB.
link-page-list-stray = Not needed and will not be uploaded.
link-page-list-remove = Remove
link-page-list-incomplete = Files are still missing.
link-page-list-complete = All files are chosen. Press “{ link-page-list-button }”.
link-page-list-sending = Uploading:
link-page-list-reading = The files are uploaded. The list is being read, for up to half a minute.
link-page-list-cut = The upload was interrupted. Please try again; if that does not help, choose the files anew.
link-page-list-button = Upload
link-page-list-unusable = The list cannot be used. Nothing was changed. Please correct the following and try again.
link-page-list-rows =
    { $count ->
        [one] { $count } row was left out:
       *[other] { $count } rows were left out:
    }
link-page-list-more =
    { $count ->
        [one] and { $count } more row.
       *[other] and { $count } more rows.
    }
link-page-row-quotes = its quotation marks are not closed or not doubled.
link-page-row-letters = it has damaged letters.
link-page-row-lacks = a required value is missing.
link-page-row-id = the id is too long.
link-page-row-twice = another row has the same id.
link-page-row-no-class = classes.csv has no entry with this id.
link-page-row-no-person = users.csv has no such person.
link-page-row-domain = the username is of another domain.
link-page-row-username = no account can have this username.
link-page-row-role = the role is neither staff nor student.
link-page-row-date = the date cannot be read or is impossible.
link-page-list-missing = Files are missing: { $where }.
link-page-list-faults = What is wrong
link-page-head-file = File
link-page-head-row = Row
link-page-head-what = What is wrong
link-page-head-do = What to do
link-page-whole = the whole file
link-page-do-again = Download the file again from NEISPUO and upload it without opening it in Excel.
link-page-do-together = Upload all files of one and the same download.
link-page-do-own = Upload only the list of your own school.
link-page-do-neispuo = Correct it in NEISPUO and download the list again.
link-page-do-role = If this person studies or works at the school, correct the role in NEISPUO. If not, nothing needs to be done.
link-page-gone = This page is not available any more. Ask for a new address in the chat with the bot in Microsoft Teams.
link-page-wrong = The page cannot be opened in this way. Open it from the chat with the bot in Microsoft Teams and press the button.
link-page-trouble = This cannot be done right now. Please try again in a moment: the address still works.
link-reminder-title = Classrooms that need you to act
link-reminder-activate = Students do not see these teams yet, because they are not activated:
link-reminder-classroom = These classrooms are not marked as created in Google Classroom yet:
link-page-list-taken =
    { $count ->
        [one] The list was taken: { $count } classroom. Go back to the chat with the bot and type “classrooms”.
       *[other] The list was taken: { $count } classrooms. Go back to the chat with the bot and type “classrooms”.
    }
link-reminder-more =
    { $count ->
        [one] and { $count } more classroom
       *[other] and { $count } more classrooms
    }

words-links = link*, connection*, sync*, synchroni*
words-missing = missing*, not in, not added, duplicat*, no class*, no team*, dont see, cant see, cannot see,
    not visible, doesnt show, not showing, disappeared*, empty, two teams, twice, update*, ready, not linked,
    dont have, gone, last year, same name
words-my = my, our, mine
words-table = table*, excel*, spreadsheet*
words-reminders = reminder*
