"""The administrator's guide, walked: every command of it, in its order, against the pretend tenant. See `walk.py`."""
