# За профилите: думи на няколко услуги.
account-state-being-created = В процес на създаване
account-state-off = Неактивен
account-state-new = Нов, не е предаден
account-state-not-handed = Не е предаден
account-state-handed = Предаден, още не е ползван
account-state-in-use = Ползва се
account-state-changed = Паролата е сменена, неизвестно от кого
account-state-untold = Не е известно дали е предаден
account-state-two = Два профила

accounts-as-of = Към { $at }
accounts-back = Към профилите
accounts-no-class = Без паралелка
accounts-part = предадени { $handed } от { $of }
accounts-part-none = няма профили за предаване (общо: { $all })
account-position = Длъжност
handing-slips = Бележки с пароли
card-class-pick-missing = Моля, изберете паралелка.

listed-state-only-listed = Без профил в училището
listed-state-found = С профил
listed-state-disabled = Неактивен профил
listed-state-other-school = В друго училище
listed-state-two = Два профила
listed-state-former-username = С предишно потребителско име
listed-state-other-username = С друго потребителско име
listed-state-by-name = Номерът още не е потвърден
listed-state-unsure = Не е сигурно чий е профилът
