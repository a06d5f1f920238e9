# Whom a person turns to where the bot cannot help.
ask-support = support
ask-director = the director of the school
ask-office = the regional office of education (RUO)
ask-ministry = the Ministry of Education and Science
ask-director-or-office = the director of the school or the regional office (RUO)
ask-phone = phone { $value }
ask-reference = number { $reference }
page-failed = Number of the error: { $reference }. If it happens again, please tell it to { $support }.
