"""Where the product does not take a real tenant yet."""

from collections.abc import Mapping

NOT_YET: Mapping[str, str] = {}
"""Parts of the simulator's profile `real` in which the demo's and the tests' tenant stays kind, each with what fails."""
