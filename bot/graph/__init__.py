"""Microsoft Graph: the directory edge. `connect` builds it, `warm` loads the SDK before the first person asks."""
