"""Every card in every state: the dialogs' own screens, over small worlds with invented people and over hostile ones."""

from tests.gallery.hostile import hostile
from tests.gallery.sample import HOSTILE, Sample
from tests.gallery.screens import screens

__all__ = ["HOSTILE", "SAMPLES", "Sample", "hostile"]

SAMPLES = tuple(screens())
