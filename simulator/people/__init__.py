"""Who lives in the pretend tenant: invented people with identifiers that nobody living can have."""
