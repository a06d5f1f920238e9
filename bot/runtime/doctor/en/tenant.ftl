# Checks 8–21: the tenant and what it allows.

tenant = The tenant
tenant-right = The domain { $domain } is of this tenant.
tenant-other = Graph answers for another tenant.
tenant-other-mend = Look at TENANT_ID and where the applications are registered.
tenant-domain = The domain { $domain } is none of the verified domains of the tenant.
tenant-domain-mend = Set ACCOUNT_DOMAIN to the domain of the usernames.
tenant-synchronised = The tenant is synchronised from a directory of its own; the bot gives no password to synchronised accounts.

domain = The domain of the accounts
domain-right = Passwords of this domain are Entra's.
domain-federated = People of this domain sign in elsewhere; a password set in Entra does not work.
domain-federated-mend = No temporary passwords can be given until the domain is managed. The administrator of the tenant decides.
domain-expires = Passwords of this domain expire after so many days; more of them will be asked for.

school = The schools
school-none = There is no school with a code of НЕИСПУО in Graph; the bot will find nobody's school.
school-none-mend = Ask who runs the synchronisation of НЕИСПУО whether schools are sent to this tenant.
school-unknown = The school that was named is not found by its code.
school-unknown-mend = Look at the code after --school; it is that of НЕИСПУО.
school-bare = Codes of schools have no leading zero, as НЕИСПУО sends them.
school-zero = Some codes have another form (a leading zero, or letters); the bot looks for both.
school-placed = Schools have a town and a region.
school-placed-by-file = Schools have no town and no region in Graph; both come from SCHOOLS_FILE.
school-placeless = Schools have no town and no region; regional offices will see no requests, and messages no town.
school-placeless-mend = Make the file from the register of institutions (docs/settings.md) and set it.
school-or = A school is found by both forms of its code in one question.
school-or-refused = The tenant takes no “or” when a school is looked for; the bot asks for each form by itself.
school-lost = A school that is listed is not found by its code.
school-lost-mend = Try again in some minutes; if it stays, tell the bot's developers.

account = The account of a school
account-right = A school's account carries the role by which the bot knows a director.
account-outside = The accounts of schools are not in the roster of students and teachers; the bot knows a director by the directory.
account-named-as-school = The accounts of schools bear the school's name, not the director's; the bot calls the director so.
account-unasked = The settings name no extension with a role; directors are known by GRAPH_APP_ROLES alone.
account-unregistered = The tenant does not know these extensions; nobody will have a role.
account-none = The schools looked at have no account “code@domain”; directors cannot sign in with it.
account-none-mend = Look at ACCOUNT_DOMAIN, and ask the ministry how directors sign in.
account-roleless = The accounts are there, but without the role 0; no director will be known.
account-schoolless = The accounts have a role and no code of a school.
account-extension-mend = Look at GRAPH_ROLE_EXTENSION and GRAPH_IDENTIFIER_EXTENSION; their names hold the application that made them.

expand = Related data and large pages
expand-two = Schools and classes come together with a person.
expand-one = The tenant takes one relation in $expand; the bot asks for the other by itself.
expand-none = The tenant takes no $expand; the bot asks for relations by themselves.
expand-mend = Leave relations out of the question; a look-up will cost one request more.
expand-quick = The people of a whole school come in time.
expand-slow = The people of a whole school come slowly; lists of classes will open slowly.
expand-cut = Related lists come cut off; the bot asks for long lists by themselves.
expand-nobody = The first schools have nobody in them.
expand-nobody-mend = Ask who runs the synchronisation of НЕИСПУО whether students and teachers are sent.

filled = How much is filled for students
filled-asked = A hundred students of one school
filled-nobody = There are no students among the people found.
filled-grade = The grade (I–XII) is filled.
filled-gradeless = The grade is not filled for all; the bot takes it from the names of their teams.
filled-identifier = All have an ЕГН, ЛНЧ or служебен номер.
filled-some = Some students have no number and are found by username or name only.
filled-nameless = No student has a number; a search by ЕГН will find nobody.
filled-nameless-mend = Ask who runs the synchronisation of НЕИСПУО whether numbers are sent.

filter = Search by number
filter-right = The search by number works on { $version }.
filter-other = The chosen version refuses the search by number; { $version } works.
filter-other-mend = Set the version that works.
filter-none = No version takes a search by number; the main service will not work.
filter-none-mend = Look at the permission EduRoster.Read.All; if it was granted, tell the bot's developers.
filter-or-refused = The tenant takes no “or” in a search by number; the bot asks for each form by itself.
filter-ignored = People come for a number that nobody has: the filter is ignored. Do not run the bot.
filter-ignored-mend = Stop the bot and tell the bot's developers; it would show a stranger's account.

username = A username as key
username-right = A person is found by username directly.
username-refused = The tenant takes no username as key; the bot finds the id first.
username-other = Somebody else comes for a username.
username-other-mend = Stop the bot and tell the bot's developers.

roles = Administrative roles of people
roles-right = It can be read whether an account holds an administrative role.
roles-unread = It cannot be read whether an account holds an administrative role; every password will be refused.
roles-unread-mend = Look at the permission Directory.Read.All; if it was granted, tell the bot's developers.

classes = Classrooms and teams
classes-none = The school has no classrooms; the service “Classrooms in Teams” will be empty.
classes-named = The names of teams can be read.
classes-nameless = The names of teams have another form; classes will not be known from them.
classes-rows = Teams carry the number of their row in НЕИСПУО.
classes-rowless = Teams carry no number of a row; they are compared with the list of НЕИСПУО by name alone.
classes-members = The students of teams can be seen.
classes-hidden = The students of teams are hidden from the bot; classes and missing students cannot be shown.
classes-empty = Teams look empty; their students are probably hidden from the bot.
classes-hidden-mend = Grant the reader the permission Member.Read.Hidden too, and run the doctor again.
classes-groups = The classrooms show owners and whether they have a team.
classes-groupless = The classrooms show no owners or no team.
classes-teams = It can be read whether teams are activated.
classes-teams-silent = It is not told whether teams are activated for students; that state will not be shown.
classes-unit = The accounts of a school are read in few requests, from the school's administrative unit.
classes-unitless = The school's administrative unit does not show its accounts. The board of accounts will be read from the classrooms: more requests, and no dates for people who are in none.

drive = The folder with lists in OneDrive
drive-asked = EXPECTED_LISTS_FOLDER, ACCOUNT_LISTS_FOLDER
drive-unused = Not in use; directors upload the lists.
drive-right = The folder of an account of a school can be read ({ $setting }).
drive-none = The accounts looked at have no such folder ({ $setting }); that is usual for schools that do not use it.
drive-refused = None of the folders looked at can be read ({ $setting }); directors have to upload these lists.
drive-refused-mend = Grant the sites of the schools (docs/guide.en.md, step 17) and name one of them with --school, or leave out { $setting } and use the upload.

writer = Permissions to write
writer-enable = Turning an account on may be refused: Microsoft documents it together with User.Read.All.
writer-enable-mend = Grant the writer the permission User.Read.All too.
writer-roles-asked = Directory roles of the writer
writer-roles-none = The writer has no directory role. None is usually needed; if check 21 is refused, give it Password Administrator.
writer-roles-right = The writer has the role for passwords alone, for the whole tenant. For the administrative units of the schools would suffice.
writer-roles-units = The writer has the role for passwords in that many administrative units alone. Where the tenant wants a role, passwords of accounts in none of them are refused, and their directors are told that the bot has not been given the right yet.
writer-roles-strong = The writer has a role that allows more than is needed.
writer-roles-strong-mend = Leave Password Administrator at most, best for the administrative units of schools alone.
writer-units-unread = The roles of the writer for administrative units cannot be read.
writer-roles-unread = The roles of the writer cannot be read.
writer-roles-unread-mend = Look at the reader's permission Directory.Read.All and at GRAPH_WRITER_CLIENT_ID.

app = The app in the Teams catalog
app-asked = TEAMS_APP_CATALOG_ID
app-unused = Not set; the bot does not install itself, and messages about requests reach only directors who have opened it.
app-right = The app of the catalog is the bot's, and it may install it.
app-unseen = Graph shows no app of the bot for the account looked at. That is so until it is installed there, but also where the package names another application. Open the bot in Teams as this account and run the doctor again.
app-other = The package in the catalog does not name the writer (webApplicationInfo), so the bot cannot install itself.
app-other-mend = Build the package with the writer's application id and a higher version, upload it as an update on the app's own page in the Teams admin centre (docs/guide.en.md, step 16), not as a new app, and look at the permission TeamsAppInstallation.ReadWriteSelfForUser.All.
app-catalog = The app that is installed has another number in the catalog.
app-catalog-mend = Set the number that was found.
app-unread = Installed apps cannot be read.

reset = A password set to try it
reset-asked = A new password of the test account
reset-unasked = Not asked for. --reset-test-account NAME tries it with an account that nobody needs.
reset-confirm = The password of the test account will be changed and nobody will know it. Type the username once more to confirm:
reset-unconfirmed = Not confirmed; nothing was done.
reset-right = The bot can set passwords. The new one of the test account was shown nowhere.
reset-foreign = This is no username of the domain of the accounts.
reset-foreign-mend = Make a new account for the trial: without a role, outside НЕИСПУО, of the domain of the accounts.
reset-nobody = There is no such account.
reset-ordinary = This is the account of a school, a student, a teacher or an official; its password was not changed.
reset-privileged = The account holds an administrative role, or that cannot be read; its password was not changed.
reset-unpermitted = The writer has no permission to set passwords.
reset-unpermitted-mend = Grant User-PasswordProfile.ReadWrite.All with admin consent.
reset-roleless = The permission is there, but the change was refused: the tenant wants a directory role, too.
reset-roleless-mend = Give the writer the role Password Administrator, best for the administrative units of schools; the test account is to be in one of them.
reset-doubtful = It is not known whether the password was changed.
