"""Passwords that may still be shown: each encrypted under a key of its own, which is gone when its time is over.

The key lies beside what it opens, itself encrypted under a key that is derived from the master key and never in the
database. Destroying the row destroys both. SQLite overwrites what is deleted (`secure_delete`) and its write-ahead
log is emptied afterwards; of PostgreSQL's log and of backups made meanwhile the master key is the only guard.
"""

from collections.abc import Collection, Mapping

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, bindparam, delete, insert, select

from bot.core.passwords.secret import Secret
from bot.database.connections import Connections
from bot.database.keys import DatabaseKeys, decrypted, encrypted
from bot.database.password_tables import secret

_OF_OPERATIONS = secret.c.operation.in_(bindparam("operations", expanding=True))
_PUT = insert(secret)
_OPENED = select(secret).where(_OF_OPERATIONS)
_BURNED = delete(secret).where(_OF_OPERATIONS)


class Vault:
    """The secrets, by the id of their operation. All calls belong into a transaction of the caller's."""

    def __init__(self, connections: Connections, keys: DatabaseKeys) -> None:
        self._connections = connections
        self._keys = keys

    def put_in(self, connection: Connection, operation: str, password: Secret) -> None:
        """Keeps the one secret of an operation. An operation that has one is a bug (IntegrityError)."""
        key = AESGCM.generate_key(256)
        row = {
            "operation": operation,
            "key_id": self._keys.key_id,
            "wrapped_key": encrypted(self._keys.wrapping, key, self._keys.place("secret", "wrapped_key", operation)),
            "sealed": encrypted(key, password.reveal().encode(), self._keys.place("secret", "sealed", operation)),
        }
        connection.execute(_PUT, row)

    def open_in(self, connection: Connection, operations: Collection[str]) -> Mapping[str, Secret]:
        """The secrets of these operations; whose is destroyed is not in the answer.

        Undecipherable: a row was changed or moved.
        """
        found = connection.execute(_OPENED, {"operations": list(operations)})
        return {
            row.operation: Secret(self._open(row.operation, row.wrapped_key, row.sealed).decode()) for row in found
        }

    def burn_in(self, connection: Connection, operations: Collection[str]) -> int:
        """Destroys secrets and their keys; returns how many there were. After the transaction they are no longer in
        SQLite's log either.
        """
        if not operations:
            return 0
        burned = connection.execute(_BURNED, {"operations": list(operations)}).rowcount
        if burned:
            self._connections.empty_log_after(connection)
        return burned

    def _open(self, operation: str, wrapped_key: bytes, sealed: bytes) -> bytes:
        what = f"the secret of operation {operation}"
        key = decrypted(self._keys.wrapping, wrapped_key, self._keys.place("secret", "wrapped_key", operation), what)
        return decrypted(key, sealed, self._keys.place("secret", "sealed", operation), what)
