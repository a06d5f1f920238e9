label-asked = Asked:
label-came = Came:
label-meaning = Means:
label-mend = What to do:

summary = Right: { $ok }, different: { $warn }, to mend: { $mend }, skipped: { $skipped }.
summary-settings = Settings to set:
summary-good = There is nothing to mend.
summary-mend = There is something to mend: see “What to do” above.
summary-interrupted = The examination was interrupted; only what was found until then is shown.

asked-get = GET { $request }
asked-batch = in a $batch: { $request }

came-answer = an answer in { $milliseconds } ms
came-refusal = refusal { $status } { $code }
came-status = status { $status }
came-words = { $words }
came-count = count: { $count }
came-share = { $count } of { $of }
came-page = { $count } people in { $milliseconds } ms
came-seconds = { $seconds } s apart
came-until = until { $day }
came-tenant = tenant { $tenant }
came-application = application { $application }
came-without = missing: { $names }
came-beyond = too many: { $names }
came-versions = v1.0: { $stable }, beta: { $beta }
came-read = read
came-none = none
came-nothing = not asked
came-done = accepted
came-handshake = the connection stands
came-no-keys = no usable keys
came-other-form = another form
came-certificate = the certificate is not accepted
came-slow = no answer in time
came-refused = the connection is refused
came-unreachable = the address cannot be reached

skipped-settings = Not examined: the settings do not allow it.
skipped-reader = Not examined: no access with the reader (check 7).
skipped-school = Not examined: no school was found (check 10).
skipped-people = Not examined: no people of a school were found (check 12).
skipped-account = Not examined: no account of a school was found (check 11).
skipped-development = Not examined: the bot is in development and nobody to Teams.
skipped-web = Not examined: this process (PROCESS=web) has no writer. Run the doctor with the worker's settings.

graph-refused = Microsoft Graph does not allow this read, or does not know it; the services that use it will not work.
graph-refused-mend = See that the permissions of deploy/permissions.json were granted with admin consent, wait some minutes and run the doctor again.
graph-silent = Microsoft Graph did not answer, or asked to wait.
network-mend = Look at the network, the firewall and the DNS of the server; if they are in order, try later.
check-slow = The check did not end within { $seconds } s and was stopped.
check-broke = A fault in the check itself; the others were made.
check-broke-mend = Report it to the bot's developers with the kind of error and the version of the bot.
permissions-unread = The file deploy/permissions.json is missing or damaged, so it is not known which permissions are needed.
permissions-unread-mend = Build the image again from a whole copy of the release.
