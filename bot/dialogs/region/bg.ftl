command-region = Училищата в областта
command-region-hint = Показва по училища каква част от електронните профили е предадена и колко искания чакат решение. Без лични данни.
command-region-word = училища в областта
command-region-example = обобщена справка по училища

words-by-schools = по училища, обобщен*, училищата в областта, училища в областта, училищата в региона,
    в областта, за областта, на областта, в региона, за региона, областта ми, нашата област
words-region-behind = изостава* училищ*, кои училища изостав*, училища без списък, училищата без списък,
    кои училища не са раздали*, кои училища не са предали*, кои училища още не са, кои училища бавят профил*,
    училища без профил*

region-region = Област
region-shares = Училища според предадените профили
region-share = Предадени: { $handed } от { $of } ({ $percent } %), в { $schools ->
        [one] { $schools } училище
       *[other] { $schools } училища
    }.
region-share-none = Още няма училище, чиито числа могат да се покажат.
region-requests = Искания, които чакат решение на училищата: { $open }, от тях просрочени: { $late }.
region-hidden = Числата под 5 са скрити, както и тези, по които могат да се пресметнат. Останалите са закръглени до кратни на 5. Сборовете са само от показаните числа. Справката не съдържа лични данни.
region-progress-all = всички предадени: { $count }
region-progress-almost = почти всички: { $count }
region-progress-part = над половината: { $count }
region-progress-little = под половината: { $count }
region-progress-small = малко профили: { $count }
region-progress-unknown = без данни: { $count }
region-school = предадени { $percent } % ({ $handed } от { $of })
region-school-few-left = предадени са почти всички от { $of }
region-school-few-handed = предадени са само няколко от { $of }
region-school-none = няма профили за предаване
region-school-small = профилите са твърде малко, за да се покажат
region-school-unknown = училището още не е отваряло „Профили“ в бота
region-school-requests = чакащи искания: { $open }, просрочени: { $late }
region-school-unlisted = без списък от МОН
region-listed = прочетен
region-few = под 5
region-beside = скрито
region-unknown = няма данни
region-none = Няма такива училища.
region-empty = За Вашата област не са намерени училища. Обърнете се към { $support }.
region-view-behind = Всички училища: { $count }
region-view-waiting = С чакащи искания: { $count }
region-view-unlisted = Без списък от МОН: { $count }
region-next = Следващи училища
region-previous = Предишни училища
region-back = Към училищата
region-table = Таблица (Excel)
region-table-about = Всички училища в областта с дела на предадените профили и чакащите искания. Числата под 5 са скрити, останалите са закръглени до кратни на 5. Лични данни няма.
region-column-code = Код по НЕИСПУО
region-column-school = Училище
region-column-town = Населено място
region-column-share = Предаване
region-column-of = Профили
region-column-handed = Предадени
region-column-left = Непредадени
region-column-open = Чакащи искания
region-column-late = Просрочени
region-column-week = Седмица от
region-column-listed = Списък от МОН
region-page-about = Таблица с училищата в областта: каква част от профилите е предадена и колко искания чакат. Числата под 5 са скрити, останалите са закръглени до кратни на 5. Лични данни няма. Може да бъде изтеглена само веднъж.
region-page-step-download = Натиснете бутона. Файлът uchilishta.xlsx се записва в папка „Изтегляния“ (Downloads).
region-page-step-open = Отворете го с Excel. Всеки ред е едно училище.
region-page-step-again = За по-нова таблица поискайте нов адрес от разговора с бота.
region-page-button = Изтегляне на таблицата (Excel)
region-page-gone = Адресът вече е използван или срокът му е изтекъл. Поискайте нов от разговора с бота.
region-page-wrong = Таблицата не може да бъде изтеглена по този начин. Отворете страницата от разговора с бота в Microsoft Teams и натиснете бутона.
region-page-trouble = Таблицата не може да бъде изготвена в момента. Опитайте отново след малко: адресът още важи.
