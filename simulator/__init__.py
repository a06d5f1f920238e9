"""A pretend Microsoft tenant over HTTPS: Microsoft Graph and the Entra token endpoint, with invented schools."""
