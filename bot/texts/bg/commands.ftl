# Какво може да поиска човек. За всяка услуга: заглавие (и текст на бутон), какво прави, какво се пише, пример.
# Примерите никога не съдържат ЕГН или друг идентификатор: написаното остава в разговора.

command-lookup = Справка за потребителско име
command-lookup-hint = Намира потребителското име на ученик по ЕГН, ЛНЧ или служебен номер, а във Вашето училище – и по име.
command-lookup-word = справка
command-lookup-example = потребителско име на ученик

command-password = Временна парола
command-password-hint = Създава временна парола за ученик или учител от Вашето училище.
command-password-word = парола
command-password-example = нова парола за ученик

command-transfer = Искане за преместен ученик
command-transfer-hint = Изпраща искане до училището, в което се е обучавал ученикът, и показва докъде е стигнало.
command-transfer-word = искане
command-transfer-example = искам профила на преместен ученик

command-requests = Искания
command-requests-hint = Показва изпратените, получените и приключените искания; по получените решавате тук.
command-requests-word = искания
command-requests-example = искания за одобрение

command-new-accounts = Нови електронни профили
command-new-accounts-hint = Показва новите профили: кои са предадени и кои предстои да предадете.
command-new-accounts-word = нови профили
command-new-accounts-example = кои нови профили не са раздадени

command-class-links = Класни стаи в Teams
command-class-links-hint = Показва връзките клас – предмет – учител и какво да направите, ако някоя липсва.
command-class-links-word = класове
command-class-links-example = липсва ми клас в Teams

command-help = Помощ
command-help-hint = Показва какво мога да направя и как се влиза за първи път в профил.
command-help-word = помощ
command-help-example = какво можеш

command-language = Смяна на езика
command-language-hint = Сменя езика на разговора: български или английски.
command-language-word = език
command-language-example = искам на английски
