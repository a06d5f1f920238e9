# About accounts: words of several services.
account-state-being-created = Being created
account-state-off = Inactive
account-state-new = New, not handed over
account-state-not-handed = Not handed over
account-state-handed = Handed over, not used yet
account-state-in-use = In use
account-state-changed = Password changed, not known by whom
account-state-untold = Not known whether it was handed over
account-state-two = Two accounts

accounts-as-of = As of { $at }
accounts-back = To the accounts
accounts-no-class = In no class
accounts-part = handed over { $handed } of { $of }
accounts-part-none = no accounts to hand over (in all: { $all })
account-position = Position
handing-slips = Slips with passwords
card-class-pick-missing = Please choose a class.

listed-state-only-listed = No account in the school
listed-state-found = With an account
listed-state-disabled = Inactive account
listed-state-other-school = In another school
listed-state-two = Two accounts
listed-state-former-username = With a former username
listed-state-other-username = With another username
listed-state-by-name = Number not confirmed yet
listed-state-unsure = Not certain whose account it is
