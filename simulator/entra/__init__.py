"""The Entra token endpoint: client credentials with a secret or a certificate."""
