"""What the Makefile calls: set-up, locks, advisories. Never part of what production runs."""
