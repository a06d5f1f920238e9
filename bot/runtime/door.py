"""The transport that a server's protocol is given in place of the socket's own."""

import asyncio
from abc import abstractmethod
from collections.abc import Iterable
from typing import Any


class Behind(asyncio.BaseProtocol):
    """What stands behind a door."""

    @property
    @abstractmethod
    def leaving(self) -> bool:
        """Whether nothing more is read or written."""

    @abstractmethod
    def closes(self) -> None:
        """The server has no more to say."""

    @abstractmethod
    def cut(self) -> None:
        """Closes it now; what was not sent is lost."""


class Door(asyncio.Transport):
    """The transport as aiohttp sees it: closing goes through the connection, everything else straight on."""

    def __init__(self, transport: asyncio.Transport, connection: Behind) -> None:
        super().__init__()
        self._transport = transport
        self.connection = connection

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        """As the real one."""
        return self._transport.get_extra_info(name, default)

    def is_closing(self) -> bool:
        """Also while what still comes is thrown away."""
        return self.connection.leaving or self._transport.is_closing()

    def close(self) -> None:
        """See `Connection.closes`."""
        self.connection.closes()

    def abort(self) -> None:
        """See `Connection.cut`."""
        self.connection.cut()

    def get_protocol(self) -> asyncio.BaseProtocol:
        """The connection."""
        return self.connection

    def is_reading(self) -> bool:
        """As the real one."""
        return self._transport.is_reading()

    def pause_reading(self) -> None:
        """As the real one, unless what comes is thrown away: then aiohttp has no say any more."""
        if not self.connection.leaving:
            self._transport.pause_reading()

    def resume_reading(self) -> None:
        """As the real one."""
        if not self.connection.leaving:
            self._transport.resume_reading()

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        """As the real one."""
        self._transport.set_write_buffer_limits(high, low)

    def get_write_buffer_size(self) -> int:
        """As the real one."""
        return self._transport.get_write_buffer_size()

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """As the real one."""
        self._transport.write(data)

    def writelines(self, list_of_data: Iterable[bytes | bytearray | memoryview]) -> None:
        """As the real one."""
        self._transport.writelines(list_of_data)

    def write_eof(self) -> None:
        """As the real one."""
        self._transport.write_eof()

    def can_write_eof(self) -> bool:
        """As the real one."""
        return self._transport.can_write_eof()
