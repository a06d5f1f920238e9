"""Microsoft Graph v1.0 and beta, as far as a school's accounts need it."""
