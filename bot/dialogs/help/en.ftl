command-help = Help
command-help-hint = Shows what I can do and how to sign in to an account for the first time.
command-help-word = help
command-help-example = what can you do

words-give = give, hand, hand over, take, takes, get, receive, collect, pick up, hand it, send, tell, given
words-greeting = hi, hello*, hey, good morning, good afternoon, good evening, good day, greetings
words-thanks = thanks, thank, thx, cheers, appreciat*
words-pleased = ok, okay, great, nice, cool, perfect
words-farewell = bye, goodbye, good night, nice day, see you
words-agreed = yes, confirm, i confirm, agreed, i agree, proceed, go on, go ahead, continue, fine, good, done, understood
words-declined = no, nope
words-stop = cancel, stop, quit, exit, abort, never mind
words-back = back, go back
words-capability = what can i do, what are you, how do i start, how to start, how does this work, how does it work,
    how do i use*, how to use*, how can you help, what is this, where do i start, where to start, who are you,
    get started, are you a bot, are you human, what is your purpose
words-you-do = you do, you offer
words-use = use, using, work, works
words-question = question*, i have a problem, a problem
words-bot = bot, chatbot
words-to-whom = to whom, who can, who may, who should, who gets, who is allowed, whom
words-may = can i, may i, can the, may the, can a, may a, should i, am i allowed, is it ok, allowed, could i, may we,
    can we, can my, permitted
words-whether = is it, does one
words-relative = parent*, mother*, father*, mum, mom, dad, grandmother*, grandfather*, grandparent*, guardian*,
    relative*, brother, sister
words-activate = activat*, first sign in, first login, first time
