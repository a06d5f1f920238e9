# The words of the conversations: help, language, lookup, password.
notice-not-possible = This cannot be done
services-more = More…
services-more-title = More services
page-next = Next
page-previous = Previous
page-of = Page { $page } of { $pages }

outside-open = Open the page
outside-once = The address is yours alone and can be used once, until { $until }
outside-until = The address is for you only and works until { $until }
outside-off = This service needs a page that is not switched on. Contact { $support }.

service-for-director = directors
service-for-deputy = people whom a director authorised
service-for-teacher = teachers
service-for-office = experts of the regional offices
service-described = { $title } (for { $whom }): { $hint }

courtesy-thanks = You are welcome.
courtesy-farewell = Goodbye, and have a nice day.
courtesy-fine = Fine
courtesy-agreed = If something is waiting for your confirmation, press the button in the message about it.
courtesy-back = Where shall we go on?
courtesy-stop = What has already begun is stopped with a button in the message about it.

help-services = What I can do
help-activation-title = Signing in for the first time
help-personal-title = To whom an account is given

help-teacher = Here you see which of your classrooms are in Teams, which are missing and why. As a class teacher you also see which students of your class have not received their account. Usernames and temporary passwords are given by the director of the school.
help-deputy = You are authorised to decide in the director's place about requests for accounts of transferred students that are sent to { $school }.
help-student = If you forgot your username or password, please ask your class teacher or the director of your school.
help-regional-office = Here you see the overdue requests for accounts of transferred students in your region and decide about them. Students' data are not shown, unless you state a reason. Lookups of single students are made by the director of the school.
help-stranger = The services are for directors, teachers and regional offices. A director signs in with the NEISPUO code followed by @edu.mon.bg. If you are a teacher, ask the director: your data may not be here yet.
help-disabled = The account you signed in with is not active. Please contact the school's administrator.
help-school-unknown = The school you answer for was not found in the Ministry's data. Please contact { $support }.
help-activation = Open teams.microsoft.com, enter the username (with @edu.mon.bg) and the temporary password, then set a new password that only you know.
help-personal = Accounts are personal. They are given only to the person they are meant for, or to a parent if the student is under 14 or has special educational needs.
language-question = Which language shall I speak?
language-bg = Български
language-en = English
language-changed = The language is now English.

lookup-new-search = New lookup
lookup-to-list = To the list
lookup-identifier-in-chat = Your message contains a number that looks like an EGN or another personal number. The bot does not keep it, but it cannot delete your messages. Please delete it: point at the message (on a phone, press and hold it), choose “…” (More options) and “Delete”.
lookup-identifier-in-form = Please enter the number again here, in the form: from there it is not kept in the chat.
lookup-kind-missing = Please choose what to search for the student by.
lookup-too-many = { $count ->
        [one] { $count } person has
       *[other] { $count } people have
    } such a name. Please add the class (for example “Ivan 5a”) or all three names.
lookup-without-zero = The number in the account that was found is the same, but without the zero in front, and may be another person's. Please check the name with the document.
lookup-other-class = { $count ->
        [one] { $count } person in your school has such a name, but by the teams in Teams is not in class { $of }
       *[other] { $count } people in your school have such a name, but by the teams in Teams are not in class { $of }
    }. At the beginning of the school year the class may not be known yet.
lookup-other-class-more = If whom you are looking for is not among those shown, please enter all three names.
lookup-not-found = No student was found with these details. Please check the digits and the kind of number. The account of a student who has left or finished school may be inactive or deleted. If the student is returning from abroad or entering school for the first time, the Ministry creates the account after enrolment in NEISPUO.
lookup-username-unreadable = This does not look like a username. A username is in Latin letters, for example ip01234567, with or without @edu.mon.bg.
lookup-name-unreadable = Please enter at least two letters of the name.
lookup-choice-missing = Nobody was chosen from the list. Please search again.
lookup-choice-gone = The chosen person is no longer in your school. Please search again.
password-by-class = A whole class
password-confirm = Confirm
password-cancel = Cancel
class-missing = Please choose a class from the list.
class-gone = No students were found in this class. Please choose another, or find the student by name.

# What two buttons were called: whoever types it chooses.
former-title-upload = Upload a list
