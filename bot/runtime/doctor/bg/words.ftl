label-asked = Попитано:
label-came = Отговор:
label-meaning = Означава:
label-mend = Какво да направите:

summary = Изправни: { $ok }, с особености: { $warn }, за поправка: { $mend }, пропуснати: { $skipped }.
summary-settings = Настройки, които да зададете:
summary-good = Няма нищо за поправка.
summary-mend = Има какво да се поправи; вижте по-горе „Какво да направите“.
summary-interrupted = Прегледът беше прекъснат; показано е само намереното дотогава.

asked-get = GET { $request }
asked-batch = в $batch: { $request }

came-answer = отговор за { $milliseconds } мс
came-refusal = отказ { $status } { $code }
came-status = състояние { $status }
came-words = { $words }
came-count = брой: { $count }
came-share = { $count } от { $of }
came-page = { $count } души за { $milliseconds } мс
came-seconds = разлика { $seconds } сек.
came-until = до { $day }
came-tenant = организация { $tenant }
came-application = приложение { $application }
came-without = липсва: { $names }
came-beyond = в повече: { $names }
came-versions = v1.0: { $stable }, beta: { $beta }
came-read = прочетено
came-none = няма
came-nothing = не е питано
came-done = прието
came-handshake = връзката е установена
came-no-keys = няма годни ключове
came-other-form = друга форма
came-certificate = сертификатът не е приет
came-slow = няма отговор навреме
came-refused = връзката е отказана
came-unreachable = адресът не е достъпен

skipped-settings = Не е проверено: настройките не позволяват.
skipped-reader = Не е проверено: няма достъп с приложението за четене (проверка 7).
skipped-school = Не е проверено: не е намерено училище (проверка 10).
skipped-people = Не е проверено: не са намерени хора в училище (проверка 12).
skipped-account = Не е проверено: не е намерен профил на училище (проверка 11).
skipped-development = Не е проверено: ботът е в режим за разработка, без собствена самоличност в Teams.
skipped-web = Не е проверено: този процес (PROCESS=web) няма приложение за запис. Пуснете прегледа с настройките на процеса worker.

graph-refused = Microsoft Graph не позволява това четене или не го познава; услугите, които го ползват, няма да работят.
graph-refused-mend = Проверете дали разрешенията от deploy/permissions.json са дадени с административно съгласие, изчакайте няколко минути и пуснете прегледа отново.
graph-silent = Microsoft Graph не отговори или помоли за изчакване.
network-mend = Проверете мрежата, защитната стена и DNS на сървъра; ако са наред, опитайте по-късно.
check-slow = Проверката не завърши за { $seconds } сек. и беше спряна.
check-broke = Грешка в самата проверка; останалите са направени.
check-broke-mend = Съобщете я на разработчиците на бота с вида на грешката и версията на бота.
permissions-unread = Файлът deploy/permissions.json липсва или е повреден, затова не се знае какви разрешения са нужни.
permissions-unread-mend = Изградете образа отново от пълно копие на изданието.
