"""What the bot says of its own accord: notices, and the moving card of a class. Tasks in, messages out."""
