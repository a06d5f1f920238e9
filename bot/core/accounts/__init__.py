"""Every account into its owner's hands: what a school's accounts are like, and who was given theirs."""
