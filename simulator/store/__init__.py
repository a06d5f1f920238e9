"""The tenant as rows: SQLite files, generated once and kept."""
