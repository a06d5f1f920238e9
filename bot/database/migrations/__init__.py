"""How the tables came to be what they are: one revision per release at most, run in-process (`schema.py`)."""
