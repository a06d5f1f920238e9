"""The master key: a file outside the database, readable by the bot's own user only."""

import os
import secrets
from pathlib import Path

_BYTES = 32


class KeyFileError(Exception):
    """The key file cannot be used."""


def master_key(path: Path, *, may_make: bool) -> bytes:
    """The 32 bytes of the key file (hexadecimal); made with mode 0600 where missing and `may_make`.

    Errors: KeyFileError.
    """
    if not path.exists():
        if not may_make:
            raise KeyFileError(f"the key file {path.name} does not exist")
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(_BYTES))
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise KeyFileError(f"the key file {path.name} is readable by others: chmod 600")
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except ValueError:
        key = b""
    if len(key) != _BYTES:
        raise KeyFileError(f"the key file {path.name} does not hold {_BYTES} bytes in hexadecimal")
    return key
