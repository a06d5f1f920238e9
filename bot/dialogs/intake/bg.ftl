command-intake = Приемане на ученици
command-intake-hint = Показва потребителските имена на учениците, които постъпват в I, V, VIII и XI клас преди началото на учебната година.
command-intake-word = приемане
command-intake-example = приемане на ученици

words-intake = приемане*

intake-title = Приемане
intake-lead = До { $until } учениците, които постъпват в I, V, VIII и XI клас, се приемат без искане до предишното училище.
intake-closed = Приемането в I, V, VIII и XI клас е преди началото на учебната година. Следващото започва на { $since } През останалото време за ученик от друго училище се изпраща искане.
intake-grade = { $grade } клас
intake-grade-count = { $grade }: { $count }
intake-own = Вече са във Вашето училище
intake-own-none = Във Вашето училище още няма ученици, които постъпват.
intake-nobody = Още няма ученици.
intake-others = Ученици от други училища
intake-back = Към приемането

intake-form-title = Ученици от други училища
intake-form-grade = Постъпват в
intake-form-grade-choose = Изберете
intake-form-numbers = Номера на учениците
intake-form-missing = Моля, въведете номерата на учениците.
intake-form-hint = По един на ред, до 30 наведнъж. ЕГН или ЛНЧ, може и поставени от таблица. Въведеното не остава в разговора.
intake-form-logged = Всяка справка се записва в журнала на бота с основание „Приемане“.
intake-form-ask = Търсене
intake-left = До края на приемането Вашето училище може да въведе още { $left }.

intake-answer-title = Приемане в { $grade }
intake-line = Ред { $line }
intake-lines = Редове: { $lines }
intake-line-same = { $line } (както { $same })
intake-own-already = вече е във Вашето училище
intake-found-nobody = Няма намерени ученици, които постъпват.
intake-found-next = Потребителското име се предава само на ученика. На родител – ако ученикът не е навършил 14 години или е със СОП. Временна парола можете да създадете, щом ученикът бъде записан във Вашето училище.
intake-left-out = Без потребителско име
intake-more = Още ученици
intake-fault-unreadable = Не е ЕГН или ЛНЧ. Моля, проверете цифрите; ученик със служебен номер се търси от „Потребителско име“.
intake-fault-repeated = Повтарят предишен ред.
intake-fault-not-found = Няма такъв ученик. Моля, сверете номера с документ на ученика.
intake-fault-disabled = Профилът е неактивен. Моля, обърнете се към { $support }.
intake-fault-no-student = Номерът не е на ученик.
intake-fault-other-grade = Паралелката на ученика показва, че приемането не е за него. Ако е преместен, изпратете искане.
intake-fault-two = Ученикът има повече от един профил. Потърсете го от „Потребителско име“.
