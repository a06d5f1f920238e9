"""The bot. What is where: README.md, "The house"."""

VERSION = "0.1.0"
"""As in pyproject.toml, which the image does not hold; a test compares them."""
