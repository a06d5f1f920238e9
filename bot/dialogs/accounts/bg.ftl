command-accounts = Профили
command-accounts-hint = Показва на кого предстои да предадете електронния му профил, кой го е получил и кой още не го ползва.
command-accounts-word = профили
command-accounts-example = кои нови профили не са раздадени

words-distribute = разда*, раздел*, предад*, предав*, непредад*, неразд*, връч*, сме дали, съм дал, съм дала, са дали,
    дадохме, дадох, дадени, дадена, даден, подпис*
words-file = файл*, ексел*, таблиц*
words-onedrive = уандрайв*, уан драйв, ван драйв, онедрайв*, ондрайв*, уан драив*, едно драйв*
words-first-graders = първокласн*, първолак*, първолац*, първолач*, първаци*, първаче*
words-remaining = оста*, предсто*, още
words-abroad = чужбина

# Профилите на училището: кой е получил своя и какво следва.

## Състояния
account-state-being-created = В процес на създаване
account-state-off = Изключен
account-state-new = Нов, не е предаден
account-state-not-handed = Не е предаден
account-state-handed = Предаден, още не е ползван
account-state-in-use = Действа
account-state-changed = Паролата е сменена, не е известно от кого
account-state-two = Два профила

## Кой действа
account-who-director = Директорът
account-who-student = Ученикът (или родителят)
account-who-teacher = Учителят
account-who-neispuo = Екипът за помощ на НЕИСПУО
account-who-nobody = Никой – изчаква се

## Какво следва
account-next-new = Създайте временна парола и я предайте на ученика. На родител се предава само ако ученикът не е навършил 14 години или е със СОП.
account-next-new-teacher = Създайте временна парола и я предайте лично на учителя.
account-next-new-unseen = Създадена е временна парола, която още никой не е видял. Покажете я от съобщението за нея или създайте нова.
account-next-new-shown = Временната парола е показана. Ако вече е предадена, отбележете предаването; ако не е, предайте я или създайте нова.
account-next-new-failed = Последната временна парола не беше създадена със сигурност. Създайте нова.
account-next-new-replaced = Срокът на временната парола изтече и тя вече не работи. Създайте нова и я предайте.
account-next-handed = Предстои първо влизане и смяна на паролата. Ако паролата е изгубена, създайте нова.
account-next-in-use = Не е необходимо действие.
account-next-changed = Паролата е сменена, но тук не е отбелязано на кого е предаден профилът. Ако собственикът го ползва, не е необходимо действие. Ако не го е получил, създайте временна парола и я предайте.
account-next-off = Изключен профил не може да бъде предаден. Ако човекът е във Вашето училище, проверете записа му в НЕИСПУО и се обърнете към { $support }.
account-next-being-created = Изчакайте. Ако и след едно денонощие е така, се обърнете към { $support }.
account-next-two = Човекът има два включени профила във Вашето училище. Не предавайте нито един, докато не е ясно кой остава. Обърнете се към { $support }.

## За един профил
accounts-title-one = Електронен профил
accounts-who = Кой действа
account-teacher = Учител
account-place = Паралелка
account-username = Потребителско име
account-created = Създаден на
account-changed = Паролата е сменена
account-signed-in = Последно влизане
account-given = Временна парола от
account-shown = Показана
account-handed = Предаден
account-handed-student = на ученика
account-handed-parent = на родител
account-handed-teacher = на учителя
account-asked = Парола е поискана
accounts-gone = Този човек вече не е сред профилите на Вашето училище.

## Училището
accounts-title = Електронни профили
accounts-handed = Предадени: { $handed } от { $of } ({ $percent } %).
accounts-all-handed =
    { $of ->
        [one] Предаден е единственият профил.
       *[other] Предадени са всички профили: { $of }.
    }
accounts-empty = В училището няма профили.
accounts-none-countable = Още няма профили, които да бъдат предадени.
accounts-as-of = Към { $at }
accounts-old = Microsoft не отговаря в момента. Показаното е от { $at }.
accounts-share-used = действат: { $count }
accounts-share-handed = предадени, още не са ползвани: { $count }
accounts-share-left = не са предадени: { $count }
accounts-apart = Не се броят: { $states }.
accounts-apart-one = { $state } – { $count }
accounts-classes = Паралелки
accounts-classes-page = Паралелки: страница { $page } от { $pages }
accounts-next-classes = Следващи паралелки
accounts-previous-classes = Предишни паралелки
accounts-no-class = Без паралелка
accounts-part = предадени { $handed } от { $of }
accounts-part-unused = още не са ползвани: { $count }
accounts-part-none = няма какво да се предава (профили: { $all })
accounts-table = Таблица (Excel)
accounts-weeks = По седмици
accounts-back = Към профилите
accounts-to-list = Към списъка

## Списъци
accounts-view-count = { $view }: { $count }
accounts-view-new = Нови
accounts-view-not-handed = Непредадени
accounts-view-unused = Предадени, още не са ползвани
accounts-view-teachers = Учители
accounts-view-apart = Не могат да се предадат
accounts-view-new-do = Създадени наскоро. Предайте ги с временна парола.
accounts-view-not-handed-do = Предайте ги с временна парола.
accounts-view-unused-do = Предстои първо влизане и смяна на паролата от собственика.
accounts-view-apart-do = Изключени, в процес на създаване или с два профила. Какво следва, пише при всеки.
accounts-count = Общо: { $count }
accounts-nobody = В този списък няма никого.
accounts-page = Страница { $page } от { $pages }
accounts-next = Следващи
accounts-previous = Предишни

## Седмици
accounts-weeks-title = Предаване на профилите по седмици
accounts-weeks-about = Каква част от профилите са предадени, в проценти.
accounts-weeks-none = Още няма данни за минали седмици.
accounts-weeks-axis = Предадени профили
accounts-week = От { $monday }: предадени { $handed } от { $of } ({ $percent } %), действат { $used }

## Съобщения
accounts-news-title =
    { $count ->
        [one] { $count } нов профил
       *[other] { $count } нови профила
    }
accounts-news =
    { $count ->
        [one] Във Вашето училище е създаден профил, който още не е предаден на собственика си.
       *[other] Във Вашето училище са създадени профили, които още не са предадени на собствениците си.
    }
accounts-news-new = Преглед на новите
accounts-news-board = Всички профили
accounts-weekly-title = Предаване на профилите
accounts-weekly-left =
    { $count ->
        [one] Остава непредаден { $count } профил.
       *[other] Остават непредадени { $count } профила.
    }
accounts-weekly-show = Преглед на непредадените

## Предаване: бележки, протокол, кой подписа
handing-slips = Бележки с пароли
handing-papers = Протокол
handing-close = Кой подписа
handing-parents = Указания за родителите
handing-gone = Този списък вече не съществува или човекът не е във Вашето училище.
handing-papers-off = Отпечатването не е включено за този бот.
handing-protocol-title = Протокол за предаване: { $name }
handing-protocol-about =
    { $count ->
        [one] В протокола е { $count } човек, с място за подпис. Пароли и потребителски имена няма в него.
       *[other] В протокола са { $count } души, с място за подпис на всеки. Пароли и потребителски имена няма в него.
    }
handing-protocol-open = Към протокола
handing-parents-title = Указания за родителите: { $name }
handing-parents-about =
    { $count ->
        [one] Една страница: как се влиза за първи път вкъщи, с потребителското име и без паролата. На български и английски.
       *[other] Страници: { $count }, по една за всяко дете: как се влиза за първи път вкъщи, с потребителското име и без паролата. На български и английски.
    }
handing-parents-open = Към указанията
handing-parents-nobody = Указанията са за родителите на ученици от I до IV клас. В този списък няма такива.
handing-paper-until = До { $until } файлът може да бъде изтеглен, и то само веднъж.

closing-nobody = Моля, отбележете поне един човек или натиснете „Всички подписаха“.
closing-changed = Междувременно списъкът се промени. Моля, прегледайте го отново; от това натискане нищо не е записано.
closing-none-shown = Няма профил, чието предаване да може да бъде записано: временните пароли още не са показани или отпечатани.
closing-without =
    { $count ->
        [one] Още { $count } непредаден профил не е в списъка: за него няма отпечатана или показана временна парола.
       *[other] Още { $count } непредадени профила не са в списъка: за тях няма отпечатана или показана временна парола.
    }
closing-none-given = За тези профили няма отпечатана или показана временна парола. Отбележете само тези, които вече са предадени по друг начин.
closing-changed-already = паролата вече е сменена
closing-somebody = Човек, който вече не е в училището
closing-gone = Вече не е във Вашето училище.
closing-nothing-to-hand = Профилът се създава, изключен е или човекът има два.
closing-unseen = Временната парола още не е показана или отпечатана.
closing-fourteen = Навършил е 14 години: профилът се предава лично на него. Отбележете го отново с „Лично“, ако го е получил сам; на родител – само ако е със СОП.
closing-age-unknown = Възрастта не е известна: профилът се предава лично на ученика. На родител – само ако е със СОП.
closing-birth = Датата на раждане в данните не е възможна: профилът се предава лично на ученика. На родител – само ако е със СОП.
closing-others = Към останалите
closing-sen = Родител на ученик със СОП
closing-sen-title = Предаване на родител на ученик със СОП
closing-sen-statement =
    { $count ->
        [one] Удостоверявам, че ученикът е със специални образователни потребности и профилът му е предаден на негов родител. Това се записва.
       *[other] Удостоверявам, че учениците ({ $count }) са със специални образователни потребности и профилите им са предадени на техни родители. Това се записва.
    }
closing-sen-confirm = Удостоверявам
closing-mistake = Предадено е по грешка
closing-reason-missing = Моля, посочете причината.
closing-taken-back-title = Предаването е отменено
closing-taken-back = Записано е, че предаването е отбелязано по грешка. Предишният запис остава, заедно с причината. Профилът отново се брои за непредаден.
closing-to-person = Към профила

card-reversal-title = Предадено е по грешка
card-reversal-handed = Отбелязано предаване
card-reversal-lead = Записът не се изтрива: добавя се втори, че е отбелязано по грешка.
card-reversal-reason = Причина
card-reversal-reason-missing = Моля, посочете причината.
card-reversal-no-numbers = Моля, не пишете ЕГН или други лични номера.
card-reversal-submit = Отбелязване като грешка

## Групи на училището
groups-title = Групи
groups-none = Няма групи. Групата се пази с име: за изпит, клуб, занималня.
groups-new = Нова група
groups-people = Ученици: { $count }
groups-form-title = Група ученици
groups-name = Име на групата
groups-name-missing = Моля, напишете име на групата.
groups-class = От коя паралелка да се изберат ученици?
groups-others =
    { $count ->
        [one] В групата е и { $count } ученик от друга паралелка: той остава.
       *[other] В групата са и { $count } ученици от други паралелки: те остават.
    }
groups-keep = Запазване
groups-kept = Групата е запазена.
groups-edit = Промяна на групата
groups-back = Към групите
groups-to-group = Към групата
groups-drop = Изтриване на групата
groups-drop-title = Изтриване на група
groups-drop-sure = Групата „{ $name }“ ще бъде изтрита. Профилите на учениците не се променят.
groups-dropped = Групата е изтрита.
groups-gone = Тази група вече не съществува.
groups-no-classes = В училището не са открити паралелки с ученици.
groups-empty = Моля, отбележете поне един ученик.
groups-too-large = В една група могат да бъдат най-много { $count } ученици.
groups-too-many = Училището може да има най-много { $count } групи. Изтрийте такава, която не е нужна.

## Страници за печат
paper-page-protocol-title = Протокол за предаване
paper-page-protocol-about = Протоколът се отпечатва, подписва се от получателите и остава в училището. В него няма пароли и потребителски имена.
paper-page-protocol-button = Изтегляне на протокола (PDF)
paper-page-parents-title = Указания за родителите
paper-page-parents-about = По една страница за всяко дете, с потребителското име и без паролата. Предават се заедно с бележката.
paper-page-parents-button = Изтегляне на указанията (PDF)
paper-page-step-download = Натиснете бутона. Файлът се записва в папка „Изтегляния“ (Downloads).
paper-page-step-print = Отпечатайте го и го изтрийте от компютъра.
paper-page-gone = Тази страница вече не е достъпна. Поискайте нов адрес от разговора с бота в Microsoft Teams.
paper-page-trouble = В момента файлът не може да бъде подготвен. Опитайте отново след малко. Ако страницата вече не е достъпна, поискайте нов адрес от разговора с бота в Microsoft Teams.
paper-page-wrong = Файлът не може да бъде изтеглен по този начин. Отворете страницата от разговора с бота в Microsoft Teams и натиснете бутона.
