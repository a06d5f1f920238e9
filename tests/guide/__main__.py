"""`python -m tests.guide` walks the guide and writes docs/guide-transcript.md: about five minutes, as root, in a new clone."""
