"""The bot's own database: budgets, audit, preferences, conversations, activities already answered.

`Database.open` (engine.py) is the way in. The same code serves SQLite (one process) and PostgreSQL (any number).
"""
