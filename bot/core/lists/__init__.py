"""Lists of accounts: what a school's file says of its people, and how that is held against the directory."""
