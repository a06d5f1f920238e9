"""From an empty tenant to the bot's identities: what has an API is done, what has none is a checklist."""
