command-requests = Requests
command-requests-hint = Requests for transferred students: a new one, those you sent and those that wait for your decision.
requests-hint-decides = Requests for transferred students that wait for a decision.
command-requests-word = requests
command-requests-example = requests awaiting approval

card-transfer-number = Request No. { $number }
card-transfer-number-label = Request No.
card-transfer-more = Details
card-transfer-reason = Reason
card-transfer-where = Where the student is
card-transfer-problem = What was not done
card-transfer-warning = Please note
card-transfer-earlier = Other requests of the receiving school within a year

card-transfer-class-there = Class in the receiving school
card-transfer-reason-missing = Please state a reason.
card-transfer-no-numbers = Please do not write an EGN or other personal numbers.

card-transfer-list-approve = Approve the ticked ones
card-transfer-list-ticked = To be approved together
card-transfer-list-several = Approve several at once
card-transfer-many-left-out = Will not be approved: { $count }

card-deputy-title = Authorised persons
card-deputy-what = An authorised person receives other schools' requests and decides about them in the director's place. Look-ups and passwords stay with the director.
card-deputy-none = Nobody is authorised yet.
card-deputy-row = Order { $order }, until { $until }
card-deputy-rests = Does not decide in your school through { $until }, as long as a newer authority holds in another school.
card-deputy-find-title = Authorise a person
card-deputy-typed = Name or username of a colleague
card-deputy-typed-missing = Please enter a name or username.
card-deputy-typed-hint = Only teachers of your school are searched.
card-deputy-order = Number of the order
card-deputy-order-missing = Please enter the number of the order.
card-deputy-order-date = Date of the order
card-deputy-order-date-missing = Please enter the date of the order.
card-deputy-order-date-impossible = It cannot be in the future.
card-deputy-until = Authorised until
card-deputy-until-missing = Please enter until when.
card-deputy-until-impossible = The day cannot be over or after 31 August.
card-deputy-until-why = Until 31 August at the latest, when NEISPUO changes the school year.
card-deputy-authorise = Authorise

## States
transfer-state-requested = Sent
transfer-state-reminded = Sent, reminded
transfer-state-overdue = Overdue
transfer-state-escalated = Referred to the regional office
transfer-state-approved = Approved
transfer-state-carrying-out = Approved, being carried out
transfer-state-done = Carried out
transfer-state-needs-attention = Approved, but not carried out
transfer-state-refused = Rejected
transfer-state-not-ours = The student is not in the school
transfer-state-withdrawn = Withdrawn
transfer-state-stale = Closed - the student has moved
transfer-state-expired = Expired

transfer-title-sent = Request sent
transfer-title-received = Request received
transfer-title-region = A request in the region
transfer-title-office = Request referred to the regional office

transfer-lead-waiting = The request was sent to { $school }. A decision is awaited.
transfer-lead-overdue = The school ({ $school }) has not decided yet. A reminder was sent; without a decision the request will be referred to the regional office.
transfer-lead-escalated = The request was referred to the regional office. The school may still decide too.
transfer-lead-decide = The account must be released without delay.
transfer-lead-decide-overdue = The request is overdue. The account must be released without delay.
transfer-lead-decide-escalated = The time is over and the request was referred to the regional office. Until they decide, you may decide too.
transfer-lead-appealed-receiving = The refusal was referred to the regional office, whose decision is awaited. The school may still approve the request.
transfer-lead-appealed-releasing = The receiving school referred the refusal to the regional office. Until it has decided, you can approve the request.
transfer-lead-appealed-office = The school refused, and the receiving school referred the refusal to the regional office. Please decide or return the request.
transfer-lead-office-only-receiving = The request went straight to the regional office, which alone decides: by the data of the accounts, the sender also directs the school the student attended.
transfer-lead-office-only-releasing = Only the regional office decides about this request: by the data of the accounts, the sender also directs your school. No decision is expected from you.
transfer-lead-office-only-office = Only the regional office decides about this request: by the data of the accounts, the sender also directs the school the student attended. Please decide.
transfer-appeal-offered = If you do not agree with the refusal, you can refer it to the regional office, once.
transfer-lead-office-waiting = The school ({ $school }) still has time to decide.
transfer-lead-office-overdue = The school ({ $school }) has not decided in time. You may decide once the request is referred to the regional office.
transfer-lead-office-decide = The school ({ $school }) has not decided in time. Please decide, or return the request.
transfer-lead-approved = The request was approved and is being carried out.
transfer-lead-attention = The request was approved, but the change of the account is not complete.
transfer-lead-done-receiving = The account was released: the student is in your school now. You may give them a temporary password.
transfer-lead-done-releasing = The account was released to the receiving school.
transfer-lead-refused = The request was rejected. If the reason no longer holds, a new one may be sent.
transfer-lead-not-ours = The school says that the student is not with them.
transfer-lead-withdrawn = The request was withdrawn by the receiving school.
transfer-lead-withdrawn-own = The request was withdrawn by your school.
transfer-lead-stale = The request is closed: the student no longer attends the school it was sent to.
transfer-lead-expired = The time of the request is over and the account was not released. Nothing needs to be done.
transfer-lead-expired-own = The time of the request is over and the account was not released. If it is still needed, send a new one.
transfer-lead-expired-unfinished = The time of the request ran out before the change was completed. Please check in NEISPUO where the student is enrolled.
transfer-decide-until = To be decided by { $at }. After that the request is referred to the regional office.

transfer-by = Submitted by
transfer-date = Date of request
transfer-basis = Ground
transfer-certificate = Transfer certificate
transfer-note = Note

transfer-trail-sent = Sent
transfer-trail-reminded = Reminded
transfer-trail-remind = Reminder
transfer-trail-office = Referral to the regional office
transfer-trail-office-now = Referred to the regional office
transfer-trail-appealed = Referred to the regional office by the receiving school
transfer-trail-decision = Decision
transfer-trail-carrying-out = Carrying out
transfer-trail-done = Carried out

transfer-verdict-approved = Approved
transfer-verdict-refused = Rejected
transfer-verdict-not-ours = The student is not in this school
transfer-verdict-withdrawn = Withdrawn
transfer-verdict-returned = Returned by the regional office for the school to decide

transfer-earlier = No. { $number } of { $at }: { $state }

transfer-undelivered = The request has not reached the director yet. { $reasons }
transfer-office-unreached-receiving = The bot does not reach any expert of the regional office yet, and nobody there knows of the request. Please call the office and ask an expert to open the bot in Teams: then they will see the request.
transfer-office-unreached-releasing = The bot does not reach any expert of the regional office yet, and nobody there knows of the request. Until then the decision rests with you.
transfer-reach-reached = It was delivered.
transfer-reach-not-installed = The director has not opened the bot in Teams yet.
transfer-reach-blocked = The director or an administrator has stopped messages from the bot.
transfer-reach-waiting = Microsoft has moved the director's chat with the bot. The message waits and will be delivered as soon as the director opens the bot.
transfer-reach-disabled = The director's account is not active.
transfer-reach-failed = Teams did not take the message.

transfer-sync-receiving = Enrol the student in NEISPUO too: the data come from there, and without it the nightly synchronisation may return the account to the previous school.
transfer-sync-releasing = Discharge the student in NEISPUO too: the data come from there, and without it the nightly synchronisation may return the account to you.
transfer-class-gone = The chosen class has no teams in Teams any more. The student is in the school, but in no team: please check the class in NEISPUO.
transfer-class-over = The school year of the chosen class is over. The student is in the school; the synchronisation with NEISPUO will add them to the teams of the new school year.
transfer-office-blind = The student is shown once you state a reason.
transfer-office = an expert of the regional office

transfer-approve = Approve
transfer-refuse = Reject
transfer-not-ours = Not with us
transfer-return = Return to the school
transfer-withdraw = Withdraw the request
transfer-retry = Try again
transfer-appeal = Refer to regional office
transfer-username = Username
transfer-reveal = Show the data
transfer-problem-forbidden = Microsoft does not let the bot change this account. Please tell { $support }, then try again.
transfer-problem-not-granted = The bot has not been given the right to make this change in Microsoft's data yet. Please tell { $support }, then try again.
transfer-problem-protected = The account has additional rights or belongs to another system, and the bot does not change it. Please contact { $support }.
transfer-problem-missing = The account or the school no longer exists in Microsoft's data. Please check the student in NEISPUO.
transfer-problem-not-understood = Microsoft refused the change. Please tell { $support }, then try again.
transfer-problem-unavailable = Microsoft has not answered for too long. What was done is recorded; please try again.
transfer-problem-not-visible = The change was accepted but cannot be seen yet. Please try again in a few minutes.
transfer-problem-undone = The student is in the previous school again: NEISPUO has undone the change. Please record the transfer in NEISPUO and try again.

## Questions
transfer-sure-approve = { $name }'s account will be released to { $school }. Do you confirm?
transfer-sure-withdraw = The request for { $name }'s account will be withdrawn. Do you confirm?
transfer-call-back = If in doubt, call the receiving school on the number in the register of institutions, not on one from a message.
transfer-why-approve = State the ground. Both schools will see it.
transfer-why-refuse = Give a reason for rejecting. The receiving director will see it.
transfer-why-not-ours = Say why the student is not with you. The receiving director will see it.
transfer-why-return = Say why you return the request. Both schools will see it.
transfer-why-appeal = State why the account must be released. The regional office and the director who refused will see it. A refusal is referred to the regional office only once.
transfer-why-office = You decide in the school's place. State the ground: both schools will see it.
transfer-why-reveal = The student will be shown to you once. This is logged, and both directors will be told.
transfer-reason-label = Reason
transfer-reveal-label = Reason
transfer-where-label = Where the student is, if you know

transfer-done-approve = You approved the request. It is being carried out.
transfer-done-refuse = You rejected the request.
transfer-done-not-ours = You noted that the student is not with you.
transfer-done-return = You returned the request to the school.
transfer-done-withdraw = You withdrew the request.
transfer-done-appeal = You referred the refusal to the regional office.
transfer-done-retry = It is being carried out again.
transfer-moved-on = The request has changed meanwhile and nothing was done. Please look at it again.
transfer-late-by = The request has been decided already: { $state }, by { $by }, { $at }. Nothing was changed.
transfer-late-withdrawn = The request has been withdrawn already, by { $by }, { $at }. Nothing was changed.
transfer-late-state = State of the request: { $state }. Nothing was changed.
transfer-somebody = another user
transfer-revealed = The data are shown. The directors of both schools will be told.
transfer-not-yours = This request no longer concerns you.

## Messages
transfer-reminder-title = Reminder: a request awaits a decision
transfer-reminder = Request No. { $number } has awaited your decision since { $since }. The account must be released without delay.
transfer-reminder-until = Without a decision by { $at } the request will be referred to the regional office.
transfer-reminders-title = Reminder: several requests await a decision
transfer-reminders = { $count } requests for student accounts have awaited your decision for more than one working day. The accounts must be released without delay.
transfer-reminders-next = The list shows the deadline of each request.
transfer-burst-title = New requests
transfer-burst = { $count } requests for accounts of students who have moved await your decision.
transfer-burst-office = { $count } requests for accounts of students who have moved await a decision of the regional office.
transfer-burst-next = Instead of a message about each, all of them are in the list.
transfer-outcome-reason = Reason: { $reason }
transfer-outcome-refused-title = The request was rejected
transfer-outcome-refused = Request No. { $number } was rejected by { $school }.
transfer-outcome-approved-title = A request was approved
transfer-outcome-approved = Request No. { $number } of { $school } to your school was approved.
transfer-approved-by = Decided by { $by } in the name of the school.
transfer-approved-with-account = Decided with the school's own account.
transfer-approved-by-office = Decided by the regional office: { $by }.
transfer-approved-surprise = If this decision is a surprise to you, please look at the request and at the list of authorised persons.
transfer-outcome-appealed-title = A refusal was referred to the regional office
transfer-outcome-appealed = { $school } referred the refusal of request No. { $number } to the regional office.
transfer-outcome-not-ours-title = The student is not in this school
transfer-outcome-not-ours = About request No. { $number } the school ({ $school }) says that the student is not in it. Please check in NEISPUO where they are enrolled.
transfer-outcome-stale-title = The request is closed
transfer-outcome-stale = The student of request No. { $number } no longer attends { $school }. If they are not with you yet, send a new request.
transfer-outcome-expired-title = The request expired
transfer-outcome-expired = The time of request No. { $number } to { $school } is over and the account was not released. If it is still needed, send a new one.
transfer-outcome-expired-unfinished = The time of request No. { $number } to { $school } ran out before the change was completed. Please check in NEISPUO where the student is enrolled.
transfer-outcome-done-title = The account was released
transfer-outcome-done = Request No. { $number } to { $school } was carried out: the student is in your school now. You may give them a temporary password.
transfer-outcome-attention-title = The request was not carried out completely
transfer-outcome-attention = Request No. { $number } to { $school } was approved, but the change of the account is not complete.
transfer-outcome-returned-title = A returned request awaits a decision
transfer-outcome-returned = The regional office returned request No. { $number } for { $school } to decide.
transfer-opened-title = The regional office saw a student's data
transfer-opened = About request No. { $number }, { $by } saw the student's name and class on { $at }. The reason is in the bot's log.

## Lists
requests-sent = Sent: { $count }
requests-received = Received: { $count }
requests-closed = Closed: { $count }
requests-office = Requests in the region: { $count }
requests-none-sent = No sent request awaits a decision.
requests-none-received = No requests await your decision.
requests-none-closed = No requests are closed yet.
requests-none-office = There are no overdue requests in the region.
requests-none-wanted = There are no such requests in this list.
requests-only = Only { $what }: { $count }. Show all
requests-late = overdue
requests-share-escalated = referred to the office: { $count }
requests-share-overdue = overdue: { $count }
requests-share-needs-attention = approved, not carried out: { $count }
requests-until = to be decided by { $at }
requests-escalated = on { $at }
requests-asked = sent on { $at }
requests-ended = closed on { $at }
requests-none-ticked = Please tick at least one request.
requests-unknown = A request that does not concern you
requests-many-title = Approving several requests
requests-many-lead = The accounts will be released to the schools named. Each request was checked by itself. Do you confirm?
requests-many-nobody = None of the chosen requests can be approved.
requests-many-allowed = Will be approved: { $count }
requests-many-confirm = Approve
requests-many-done-title = The requests were processed
requests-many-done = The approved ones are being carried out. The list shows how far they have got.
requests-many-approved = Approved: { $count }

deputy-new = Authorise a colleague
deputy-end = End: { $name }
deputy-end-title = End an authority
deputy-end-sure = { $name } will no longer be able to decide about requests in your place. Do you confirm?
deputy-ended = The authority has ended.
deputy-was-ended = The authority had ended already.
deputy-left = No longer a teacher of your school, and cannot decide. If they have left, end the authority.
deputy-disabled = The account is inactive, so they cannot decide for now.
deputy-given = { $name } is authorised until { $until }
deputy-too-many = { $count ->
        [one] { $count } teacher
       *[other] { $count } teachers
    } with such a name were found. Please enter all three names or the username.
deputy-which-lead = Press the colleague it is about. If you cannot tell them apart, search by username.
deputy-not-found = No teacher with this name was found in your school.
deputy-restored-title = The authorities have ended
deputy-restored = The bot's data was restored from an earlier copy. It does not know which authorities you have ended since, so all of the school have ended.
deputy-restored-next = Give those that are still needed again, from “Authorised persons”.

words-queue = pending*, overdue*, inbox, incoming*, received requests, outstanding*, unanswered*, open requests
words-late = overdue*, late, delayed*, older than, deadline*, past due
words-our-student = our student*, our pupil*, our child*
words-refuse = refuse*, deny, denied, turn down
words-deputy = authoris*, authoriz*, deput*
