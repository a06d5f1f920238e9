# The words by which the bot recognises what is meant. Nobody is shown these.
# Separated by commas. A trailing asterisk: any word that begins so. Several words: one after the other.
# Misspellings are not listed: they are recognised from the right spelling.
# What follows from the concepts is in bot/router/meaning.py.

words-account = account*, acount*, profile*, acc, user*
words-username = username*, usernames, emails, logins, user name*, login name, login id, login, by name, email*, e mail*, mail, upn, user id,
    electronic address*
words-inquiry = lookup*, look up, search, find
words-search = look for, find*, search*, check*, show, get, give, need, locate*, want, tell me, does, do we have
words-which = which, what, what is, whats, whose, who is, who has, who,
    belong, belongs
words-identifier = egn, lnch, service number, national id, personal number, pin number
words-student = student*, pupil*, child*, kid, kids, boy, girl
words-teacher = teacher*, colleague*, staff

words-password = password*, passwords, pasword*, passcode*, pass, pwd, passwort*
words-reset = reset*, regenerate*, renew*, generate*, issue, recover*
words-change = change*, set, switch*
words-temporary = temp, temporary*, initial, one time
words-forgot = forgot*, forget*, lost, doesnt know, does not know, doesnt remember, cant remember
words-locked = locked*, unlock*, lock, blocked*, expired*, too many times
words-enter = log in, login, logging in, sign in, signin, log on, logon, get in, access, enter,
    get into, gets into, getting in, get in to
words-cannot = cant, cannot, can not, couldnt, could not, unable*, wont, not able, not let, no longer

words-move = move*, moved, moving, transfer*, relocat*
words-came = came, coming, comes, joined*, enrolled*, enroled*, arrived*, left us,
    came to us, is now with us, now with us
words-other-school = old school, previous school, other school, another school, former school, last school, different school,
    sending school, receiving school, from school
words-school = school*, highschool*
words-obtain = get the account, get his account, get her account, get the profile, get his profile, get her profile, take over
words-certificate = certificate*
words-request = request, request the, ask, ask for, claim*, apply, application
words-apply = release*
words-requests = requests*, applications
words-withdraw = withdraw*, cancel the request, cancel my request, take back
words-take-back = withdraw*
words-own-request = my request, our request, my transfer, our transfer, my application, our application
words-decide = approve*, approval*, approving, reject*, decline*, decision*, decide*, confirm*, accept*
words-waiting = waiting*, awaiting*, wait
words-queue = pending*, overdue*, inbox, incoming*, received requests, outstanding*, unanswered*, open requests
words-late = overdue*, late, delayed*, older than, deadline*, past due
words-refuse = refuse*, deny, denied, turn down
words-asked-us = asked us, requested from us, asking us, sent me, sent us, received a request, got a request,
    notification*, notified

words-new = new, newly*, newest, brand new
words-created = created*, generated*
words-distribute = distribut*, handover*, hand out*, handed out, handing out, handed over, hand over, handed, handout*, give out, given out, delivered*
words-received = received*, got, get, gets, collected*, picked up
words-give = give, hand, hand over, take, takes, get, receive, collect, pick up, hand it,
    send, tell, given
words-slip = slip*, print*, printout*, leaflet*
words-file = file*, excel*, spreadsheet*
words-onedrive = onedrive*, one drive
words-first-graders = first graders, first grader, 1st graders
words-first-grade = first grade*, 1st grade*, first class*, first year*, preschool*, grade 1, grade one
words-remaining = left, remaining*, still
words-without = without*, no, not, has not, have not, havent, hasnt, dont have, does not have, missing
words-abroad = abroad

words-class = class, classes, grade group, form group
words-grade = 2nd grade*, 3rd grade*, 4th grade*, 5th grade*, 6th grade*, 7th grade*, 8th grade*, 9th grade*, 10th grade*, 11th grade*,
    12th grade*
words-classroom = classroom*, class room*, class team*, homeroom*
words-team = team, teams, google classroom, channel*
words-links = link*, linked*, connection*, linkage*,
    sync*, synchroni*
words-subject = subject*, math, maths, mathematic*, history, biology, physics, chemistry, geography, literature, informatics, music, art,
    philosophy, technology, english teacher, english class*, english lesson*, bulgarian class*, bulgarian lesson*, bulgarian teacher
words-lessons = teach, lesson*, teaching, timetabled
words-missing = missing*, not in, not added, duplicate*, duplicat*, no class*, no team*, dont see, cant see, cannot see, not visible,
    doesnt show, not showing, disappeared*, empty, two teams, twice, update*, ready, not linked, dont have,
    gone, last year, same name
words-my = my, our, mine

words-help = help*, explain*, instruction*, manual, guide*, menu, start, command*, support, assist*, assistance, options, faq
words-greeting = hi, hello*, hey, good morning, good afternoon, good evening, good day, greetings
words-capability = what can i do, what are you, how do i start, how to start, how does this work,
    how does it work, how do i use*, how to use*, how can you help, what is this, where do i start, where to start, who are you, get started,
    are you a bot, are you human, what is your purpose
words-you-do = you do, you offer
words-how = how
words-use = use, using, work, works
words-question = question*,
    i have a problem, a problem
words-bot = bot, chatbot
words-confused = dont understand*, do not understand*, confused*, dont know what, no idea, dont get it, i am lost, im lost
words-to-whom = to whom, who can, who may, who should, who gets, who is allowed, whom
words-may = can i, may i, can the, may the, can a, may a, should i, am i allowed, is it ok, allowed,
    could i, may we, can we, can my, permitted
words-whether = is it, does one
words-relative = parent*, mother*, father*, mum, mom, dad, grandmother*, grandfather*, grandparent*, guardian*, relative*, brother, sister
words-sen = sen, special needs, special educational
words-activate = activat*, first sign in, first login, first time

words-language = language*, lang
words-english = english*, en, eng
words-bulgarian = bulgarian*, bg, bul
words-not = dont, not, no, do not

words-all = all, every, everything, everyone*, everybody*, whole, entire, list of passwords, list of egn*, export*, dump*, bulk, database*, egns, passwords of
words-protected = director*, principal*, headmaster*, headteacher*, head teacher, headmistress*, admin*, administrator*, minister*, boss, head of, mayor*
words-records = grades, marks, mark of, absence*, absent, schedule*, timetable*, homework*, exam*, test results, diary, holiday*, attendance,
    grades of, grade of, report card, report cards
words-outside = salary, salaries, payroll, textbook*, holiday*, vacation*, excursion*, school trip, parent meeting*, lunch, canteen, cafeteria, breakfast,
    printer*, projector*, bus, weather, forecast, news, joke*, recipe*, song*, essay*, poem*, scholarship*, diploma*, translate this, translate the,
    olympiad*, competition*, sick leave,
    birth certificate, medical*, sport*, football, vacancy, job,
    staff room, teachers room, doctor*, party
words-foreign = wifi, wi fi, internet, facebook, instagram, gmail, computer*, laptop*, router*, skype, tiktok, network, website, netflix
words-contact = phone*, telephone*, home address, address, photo*, birthday*
words-destroy = delete*, remove*, hack*, drop, destroy*, disable*, erase*, wipe*
words-injection = ignore*, previous instruction*, prior instruction*, system prompt*, system instruction*, your instruction*, your rules, prompt*,
    you are now, act as, pretend*, jailbreak*, developer mode, debug mode, make me, override*, disregard*, sudo, forget everything, forget all,
    forget your
words-passwords = passwords
words-usernames = usernames, user names, emails, logins

# Ordinary words: they mean nothing to the bot and must not be taken for misspelt words of the above.
words-ordinary = a, an, the, of, in, on, to, for, from, with, at, by, is, are, was, were, be, been, am, i, you, he, she, it, we, they, me, him,
    her, us, them, his, its, their, your, this, that, these, those, there, here, and, or, but, if, so, then, than, please, pls, thanks, thank, ok,
    okay, yes, stop, test, cancel, bye, good, great, nice, cool, lol, want, would, could, should, will, have, has, had, having, when, where, why,
    how, many, much, some, any, day, days, week, month, year, today, tomorrow, yesterday, now, time, name, number, code, id, city, town, people,
    person, man, woman, weather, joke, love, hate, game, glass, grass, pas, past, pass by, most, more, less, because, same, two, three, one, four,
    five, last, next, first, match, undefined, null, fail, second, back, already, again, only, just, about, into, out, over, up, down, off, her, our, love, move on, print screen
