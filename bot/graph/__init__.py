"""Microsoft Graph: the directory edge. Await `calls.warm` before the first person asks."""
