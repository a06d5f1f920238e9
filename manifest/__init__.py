"""The Teams app package. `python -m manifest` builds it."""
