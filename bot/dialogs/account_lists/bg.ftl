command-account-lists = Списък от МОН
command-account-lists-hint = Сравнява списъците от МОН и НЕИСПУО с профилите на училището и показва кой още няма профил.
command-account-lists-word = списък от мон
command-account-lists-example = покажи ми списъка от мон

words-ministry-list = списък от мон, списъка от мон, списъкът от мон, списъци от мон, списъците от мон, мон списък, списък на мон, списъка на мон,
    списък с профил*, списъка с профил*, списъкът с профил*, списък от руо, списъка от руо, списък от неиспуо, списъкът от неиспуо, списъкът от руо,
    списъка от неиспуо

## Състояния
listed-state-only-listed = Без профил в училището
listed-state-found = С профил
listed-state-disabled = Неактивен профил
listed-state-other-school = В друго училище
listed-state-two = Два профила
listed-state-former-username = С предишно потребителско име
listed-state-unsure = Не е сигурно чий е профилът

## Какво следва, за всички
listed-do-only-listed = Какво следва, пише при всеки.
listed-do-found = Не е необходимо действие.
listed-do-disabled = Проверете записа им в НЕИСПУО.
listed-do-other-school = Ако са преместени при Вас, поискайте профила от предишното училище.
listed-do-two = Не предавайте нито един от профилите, докато не е ясно кой остава.
listed-do-former-username = Потребителското име е сменено. Предайте сегашното.
listed-do-unsure = Проверете реда в списъка, преди да предадете профил.

## Какво следва, за един
listed-next-only-listed = Във Вашето училище няма профил с тези данни. Ученик, който идва от друго училище, вече има профил и нов не му се създава. Във всеки друг случай проверете дали човекът е записан в НЕИСПУО: профилът се създава след записването. Ако и след едно денонощие го няма, се обърнете към { $support }.
listed-next-found = Не е необходимо действие. Дали е предаден, се вижда в профила.
listed-next-disabled = Неактивен профил не може да бъде предаден. Ако човекът е във Вашето училище, проверете записа му в НЕИСПУО и се обърнете към { $support }.
listed-next-other-school = Има активен профил извън Вашето училище. Ако ученикът е преместен при Вас, запишете го в НЕИСПУО и поискайте профила от предишното училище. Ако не е, редът в списъка е стар.
listed-next-two = Човекът има два активни профила във Вашето училище. Не предавайте нито един, докато не е ясно кой остава. Подайте сигнал до екипа за помощ на НЕИСПУО и посочете двете потребителски имена.
listed-next-former-username = Потребителското име в списъка вече не важи: през април 2024 г. към имената с една начална буква беше добавена втора. Предайте сегашното.
listed-next-unsure = Името в списъка и името на профила се различават или редът може да е за повече от един профил. Проверете в НЕИСПУО за кого е редът.

## Кой действа
listed-who-director = Директорът
listed-who-neispuo = Екипът за помощ на НЕИСПУО

## Картата
listed-title = Списък от МОН
listed-none = Още няма прочетен списък.
listed-none-upload = Качете файла с профили от МОН или НЕИСПУО и ще видите кой в него още няма профил във Вашето училище.
listed-lead =
    { $people ->
        [one] В списъка е { $people } човек
       *[other] В списъка са { $people } души
    } от { $files ->
        [one] { $files } файл
       *[other] { $files } файла
    }, към { $at }
listed-resolving = Списъкът още се сравнява с профилите. Състоянията може да се променят.
listed-state-count = { $state }: { $count }
listed-unlisted =
    { $count ->
        [one] { $count } профил на училището не е в списъка.
       *[other] { $count } профила на училището не са в списъка.
    }
listed-arriving = Папката „{ $folder }“ в OneDrive на училището се преглежда. Натиснете „Обновяване“ след малко.
listed-checked = Последен преглед на папката „{ $folder }“ в OneDrive на училището: { $at }
listed-asked =
    { $count ->
        [one] В една таблица от папката не е ясно коя колона какво съдържа. Качете файла чрез бота, за да посочите.
       *[other] В { $count } таблици от папката не е ясно коя колона какво съдържа. Качете файловете чрез бота, за да посочите.
    }
listed-bad =
    { $count ->
        [one] { $count } ред не е прочетен. Качете поправения файл: ще видите кой е редът и защо.
       *[other] { $count } реда не са прочетени. Качете поправения файл: ще видите кои са редовете и защо.
    }
listed-fault-more = { $said } Непрочетени файлове освен този: { $more }.
listed-upload = Качване на списък с профили
listed-refresh = Обновяване
listed-to-board = Към профилите
listed-back = Към списъка от МОН
listed-to-state = Към останалите
listed-next = Следващи
listed-previous = Предишни
listed-page = Страница { $page } от { $pages }
listed-count = Общо: { $count }
listed-gone = Този човек вече не е в списъка.

listed-class = Паралелка
listed-teacher = Учител
listed-nameless = Без име в списъка
listed-username = Потребителско име в списъка
listed-username-now = Сегашно потребителско име
listed-maybe = Възможен профил
listed-where = Къде е в списъка
listed-row = { $file }, ред { $row }
listed-file-sheet = { $file }, лист „{ $sheet }“
listed-remarks = Забележки
listed-account = Към профила
listed-account-of = Профил { $number }
listed-transfer = Искане за преместен ученик
listed-intake = Приемане на ученици

listed-remark-lost-zero = Номерът беше без водещата нула и е допълнен.
listed-remark-identifier = Номерът не е валиден и не е взет предвид.
listed-remark-check-digit = Номерът не е ЕГН или ЛНЧ: проверете го.
listed-remark-username = Потребителското име не е валидно и не е взето предвид.
listed-remark-domain = Потребителското име е от друг домейн и не е взето предвид.
listed-remark-class-from-date = Паралелката беше превърната от Excel в дата и е възстановена.
listed-remark-class = Паралелката не е ясна.

## Папката в OneDrive
listed-trouble-absent = В OneDrive на училището няма папка „{ $folder }“. Създайте я с административния профил.
listed-trouble-empty = В папката „{ $folder }“ в OneDrive на училището няма списък (.xlsx, .csv, .txt или .zip).
listed-trouble-too-many = В папката „{ $folder }“ има повече от 100 списъка. Оставете в нея само новите.
listed-trouble-locked = Файл от папката „{ $folder }“ е заключен. Затворете го в Excel; ботът ще опита отново.
listed-trouble-changing = Файловете в папката „{ $folder }“ се променят, докато се четат. Ботът ще опита отново.
listed-trouble-forbidden = Ботът няма достъп до папката „{ $folder }“. Обърнете се към { $support }.
listed-trouble-unreachable = Папката „{ $folder }“ не можа да бъде прочетена. Ботът ще опита отново.

## Файлове
listed-of-file = { $file }: { $said }
listed-fault-no-files = Няма файл .xlsx, .csv, .txt или .zip.
listed-fault-too-large = Твърде голям: най-много 8 MB за файл и 24 MB общо, до 20 000 реда. Качете само списъка на Вашето училище.
listed-fault-all-too-large = Заедно с вече качените списъци на училището редовете стават повече от 20 000. Качете само списъка на Вашето училище: файл с името на предишен го заменя.
listed-fault-too-many = Твърде много файлове: най-много 100 наведнъж и 100 в един архив .zip. Изпратете ги на части или ги разделете на няколко архива.
listed-fault-not-text = Файлът не може да бъде прочетен: повреден е или е записан в непознат вид. Запишете го от Excel като .xlsx.
listed-fault-old-format = Файлът е .xls или е защитен с парола. Запишете го от Excel като .xlsx без парола.
listed-fault-macros = Файлът съдържа макроси. Запишете го от Excel като .xlsx.
listed-fault-nobody = В него няма хора: нито потребителско име, нито номер, нито име с паралелка. Качете таблица, в която има поне една от тези колони.
listed-fault-not-asked = В него има таблица с други непознати колони. Ботът ще попита за нея, след като посочите колоните на останалите.
listed-fault-other-school = Списъкът е на друго училище и не е прочетен. Качете списъка на Вашето училище.
listed-fault-not-a-form = Изпратеното не може да бъде прочетено.
listed-fault-busy = В момента се четат други списъци. Опитайте отново след минута.
listed-fault-too-slow = Четенето отне твърде дълго. Опитайте отново с по-малко файлове.
listed-fault-too-much-memory = Файлът е твърде голям след разархивиране. Качете само списъка на Вашето училище.
listed-fault-broken = Четенето прекъсна. Опитайте отново.
listed-note-secrets = Колоната с пароли или кодове не е прочетена и не се пази.
listed-note-hidden = Скритият лист не е прочетен.
listed-note-no-people = В листа няма хора.
listed-note-not-read = Файлът не е от същия комплект и не е прочетен. Качете го отделно.
listed-note-repeated =
    { $count ->
        [one] { $count } ред повтаря друг.
       *[other] { $count } реда повтарят други.
    }

## Качване
listed-upload-about = Качете един или няколко файла с профили: от МОН, от НЕИСПУО или своя таблица. Паролите в тях не се четат и не се пазят.
listed-upload-open = Отваряне на страницата
listed-upload-until = Адресът е само за Вас и важи до { $until }
listed-upload-off = Тази услуга изисква страница, която не е включена. Обърнете се към { $support }.

listed-page-title = Списък от МОН: качване
listed-page-about = Файловете се сравняват с профилите на Вашето училище. Колоните с пароли не се четат, а от номерата (ЕГН, ЛНЧ) не остава нищо, което може да бъде прочетено.
listed-page-step-choose = Изберете един или няколко файла: .xlsx, .csv, .txt или .zip.
listed-page-step-send = Натиснете бутона. Страницата показва какво е прочетено, кои редове не са и защо.
listed-page-step-again = Поправен файл се качва отново: променя се само това, което е различно.
listed-page-files = Файлове със списъци
listed-page-limits = Най-много 100 файла, 8 MB за файл и 24 MB общо.
listed-page-button = Изпращане
listed-page-gone = Адресът вече е използван или срокът му е изтекъл. Поискайте нов от разговора с бота.
listed-page-wrong = Страницата не може да бъде използвана по този начин. Отворете я от разговора с бота в Microsoft Teams и натиснете бутона.
listed-page-trouble = Списъкът не може да бъде прочетен в момента. Опитайте отново след малко: адресът още важи.
listed-page-unusable = Списъкът не е прочетен.
listed-page-taken =
    { $people ->
        [one] Прочетен е { $people } човек.
       *[other] Прочетени са { $people } души.
    }
listed-page-changed = В целия списък на училището – нови: { $new }; променени: { $changed }; отпаднали: { $gone }; без промяна: { $same }.
listed-page-back = Резултатът от сравнението е в разговора с бота: „Списък от МОН“.
listed-page-asks =
    { $count ->
        [one] В една таблица не е ясно коя колона какво съдържа. Посочете по-долу: ще бъде запомнено за училището.
       *[other] В { $count } таблици не е ясно коя колона какво съдържа. Посочете по-долу: ще бъде запомнено за училището.
    }
listed-page-same =
    { $count ->
        [one] Отговорът важи и за още { $count } таблица със същите колони.
       *[other] Отговорът важи и за още { $count } таблици със същите колони.
    }
listed-page-told = Колоните са запомнени. Изберете файловете отново и ги изпратете.
listed-page-untold = Посочете поне една колона с име, потребителско име или номер във всяка таблица. Изберете файловете отново и ги изпратете.
listed-page-tell = Запомняне на колоните
listed-page-column = Колона { $number }: { $head }
listed-page-column-nameless = Колона { $number }
listed-page-dots = Всичко, което може да е номер или парола, е заменено с точки.
listed-page-rows =
    { $count ->
        [one] Не е прочетен { $count } ред
       *[other] Не са прочетени { $count } реда
    }
listed-page-more =
    { $count ->
        [one] Има още { $count } непрочетен ред.
       *[other] Има още { $count } непрочетени реда.
    }
listed-page-faults = Непрочетени файлове
listed-page-notes = Забележки
listed-page-remarks = За проверка
listed-page-remark = { $remark } Редове: { $count }, първият е { $first }.
listed-page-head-file = Файл
listed-page-head-row = Ред
listed-page-head-why = Защо
listed-page-why-lacks = Няма потребителско име, номер или име с паралелка.
listed-page-why-identifier = Номерът не е валиден, а друго, по което да се познае човекът, няма.
listed-page-why-rounded = Excel е закръглил номера. Въведете го отново като текст.
listed-page-why-username = Потребителското име не е валидно, а друго, по което да се познае човекът, няма.
listed-page-why-domain = Потребителското име е от друг домейн, а друго, по което да се познае човекът, няма.
listed-page-why-other-school = Редът е на друго училище.
listed-page-why-conflict = Същото потребителско име или номер има друг ред с друго име.
listed-page-why-letters = Буквите са повредени. Изтеглете файла отново.
listed-page-why-quotes = Клетките на реда не отговарят на заглавията или кавичките са объркани. Изтеглете файла отново.
listed-page-why-role = Не е ясно дали е ученик или учител.

listed-meaning-name = Име (всички имена)
listed-meaning-first-name = Собствено име
listed-meaning-middle-name = Бащино име
listed-meaning-last-name = Фамилно име
listed-meaning-class = Паралелка
listed-meaning-letter = Буква на паралелката
listed-meaning-username = Потребителско име
listed-meaning-identifier = ЕГН, ЛНЧ или служебен номер
listed-meaning-kind = Ученик или учител
listed-meaning-school = Код на училището
listed-meaning-secret = Пароли или кодове (не се четат)
listed-meaning-nothing = Друго (не се чете)

listed-script-chosen = Избрани файлове
listed-script-drop = Файловете могат и да бъдат пуснати върху страницата.
listed-script-ready = готов за изпращане
listed-script-large = твърде голям
listed-script-stray = не е .xlsx, .csv, .txt или .zip и няма да бъде изпратен
listed-script-remove = Премахване
listed-script-complete = Файловете са готови за изпращане.
listed-script-sending = Изпращане:
listed-script-reading = Файловете са изпратени и се четат.
listed-script-cut = Качването беше прекъснато. Опитайте отново.
