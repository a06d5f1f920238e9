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
words-accounts-of-school = профилите на училището, електронни профили, електронните профили, състояние на профилите, състоянието на профилите,
    профили на училището, предаване на профили, предаване на профилите, неизползвани профили, табло, таблото, профили учители,
    профили на учителите, профили на класа
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

account-name = Име
account-state = Състояние
account-handed-on = Предаден на (дата)
account-handed-to = На кого
account-next = Какво следва

## Таблица
accounts-table-about = Всички профили на училището с имена, паралелки и състояние, в таблица за изтегляне. В нея няма ЕГН, потребителски имена и пароли.
accounts-table-open = Отваряне на страницата
accounts-table-until = Адресът е само за Вас и може да бъде използван веднъж, до { $until }
accounts-table-off = Тази услуга изисква страница, която не е включена. Обърнете се към { $support }.
accounts-page-about = Таблица с всички електронни профили на училището: на кого са предадени, кои се ползват и какво следва. В нея няма ЕГН, потребителски имена и пароли. Може да бъде изтеглена само веднъж.
accounts-page-step-download = Натиснете бутона. Файлът profili.xlsx се записва в папка „Изтегляния“ (Downloads).
accounts-page-step-open = Отворете го с Excel. Всеки ред е един профил. Пазете файла: в него има имена на ученици.
accounts-page-step-again = За по-нова таблица поискайте нов адрес от разговора с бота.
accounts-page-button = Изтегляне на таблицата (Excel)
accounts-page-gone = Адресът вече е използван или срокът му е изтекъл. Поискайте нов от разговора с бота.
accounts-page-wrong = Тази страница очаква само натискане на бутона.
accounts-page-trouble = Таблицата не може да бъде изготвена в момента. Опитайте отново след малко: адресът още важи.

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
accounts-listed = Списък от МОН
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
