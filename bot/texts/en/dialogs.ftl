# The words of the conversations: help, language, lookup.

notice-not-possible = This cannot be done

help-not-offered = The service “{ $service }” is not offered through the bot yet.
help-usual-way = Until then, please do it the usual way.
help-teacher = Here you can read how to sign in to an account for the first time, and change the language. Usernames and temporary passwords are given by the director of your school.
help-student = If you forgot your username or password, please ask your class teacher or the director of your school.
help-regional-office = Regional office experts have no access to personal data of students through the bot. Lookups of single students are made by the director of the school.
help-stranger = The services are for school directors. If you are a director, sign in to Teams with the school's administrative account: the NEISPUO code followed by @edu.mon.bg.
help-disabled = The account you signed in with is not active. Please contact the school's administrator.
help-school-unknown = The school you answer for was not found in the Ministry's data. Please contact support.
help-activation = Signing in for the first time: open teams.microsoft.com, enter the username (with @edu.mon.bg) and the temporary password, then set a new password that only you know.
help-personal = Accounts are personal. They are given only to the person they are meant for, or to a parent if the student is under 14 or has special educational needs.

language-question = Which language shall I speak?
language-bg = Български
language-en = English
language-changed = The language is now English.

lookup-new-search = New lookup
lookup-denied-title = The lookup was not made
lookup-identifier-in-chat = Your message contains a number that looks like an EGN or another personal number. The bot does not keep it, but it cannot delete your messages. Please delete it: point at the message (on a phone, press and hold it), choose “…” (More options) and “Delete”.
lookup-identifier-in-form = Please enter the number again here, in the form: from there it is not kept in the chat.
lookup-kind-missing = Please choose what to search by.
lookup-purpose-text-missing = You chose “Other”. Please describe the reason in a few words.
lookup-too-many = { $count ->
        [one] { $count } person has
       *[other] { $count } people have
    } such a name. Please enter all three names, or search by EGN.
lookup-not-found = No student was found with these details. Please check the digits and the kind of number. If the student is returning from abroad or entering school for the first time, the Ministry creates the account after enrolment in NEISPUO.
lookup-not-found-own = No such student was found in your school. If the student is from another school, choose a reason for the lookup and search again.
lookup-not-found-username = No student was found with this username. Please check the letters and digits, or search by EGN.
lookup-not-found-name = Nobody with such a name was found in your school. A student of another school can be found only by EGN, LNCh, service number or username.
lookup-username-unreadable = This does not look like a username. A username is in Latin letters, for example ip01234567, with or without @edu.mon.bg.
lookup-name-unreadable = Please enter at least two letters of the name.
lookup-choice-missing = Nobody was chosen from the list. Please search again.
lookup-choice-gone = The chosen person is no longer in your school. Please search again.
