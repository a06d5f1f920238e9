"""A seeded world in which everything that can go wrong with a temporary password goes wrong, thousands of times.

One random source decides who presses what, which answers are lost, which worker dies at which moment, and how far the
clock jumps; a seed is a reproduction (`python -m tests.simulation SEED`). Nothing is mocked of the use cases: they run
on the in-memory ports, stepped by hand from one `await` to the next. What must hold is computed from the world's own
record (`records.py`), not from what the product believes.
"""
