"""Microsoft Graph: the directory edge. Await `describing.warm` before the first person asks."""
