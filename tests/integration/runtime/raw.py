"""A client that is not polite: bytes as they stand."""

import asyncio
import socket
from dataclasses import dataclass


def head(method: str, path: str, *headers: str) -> bytes:
    return "".join(f"{line}\r\n" for line in (f"{method} {path} HTTP/1.1", "Host: x", *headers, "")).encode()


@dataclass
class Answer:
    status: int
    head: str
    body: bytes

    @property
    def closes(self) -> bool:
        return "connection: close" in self.head.lower() or self.head.startswith("HTTP/1.0")


class Raw:
    """One connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    @classmethod
    async def open(cls, address: tuple[str, int], *, buffers: int = 0) -> "Raw":
        made = socket.socket()
        if buffers:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, buffers)
            made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffers)
        made.setblocking(False)
        await asyncio.get_running_loop().sock_connect(made, address)
        return cls(*await asyncio.open_connection(sock=made))

    def send(self, data: bytes) -> None:
        self.writer.write(data)

    async def flood(self, piece: bytes, most: int) -> int:
        """Sends until it is not taken any more; how many bytes were."""
        sent = 0
        try:
            async with asyncio.timeout(20):
                while sent < most:
                    self.writer.write(piece)
                    await self.writer.drain()
                    sent += len(piece)
        except (ConnectionError, TimeoutError):
            pass
        return sent

    async def answer(self) -> Answer:
        """The next answer. Errors: asyncio.IncompleteReadError when the connection ends before."""
        async with asyncio.timeout(20):
            raw = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            length = next(
                (
                    int(line.partition(":")[2])
                    for line in raw.split("\r\n")
                    if line.lower().startswith("content-length")
                ),
                0,
            )
            return Answer(int(raw.split(" ")[1]), raw, await self.reader.readexactly(length))

    async def rest(self) -> bytes:
        """What comes until the other side ends it."""
        try:
            async with asyncio.timeout(20):
                return await self.reader.read()
        except ConnectionError:
            return b""

    async def ended(self, within: float = 20) -> bool:
        """Whether the other side ends it, with nothing more to say."""
        try:
            async with asyncio.timeout(within):
                return await self.reader.read(1) == b""
        except ConnectionError:
            return True
        except TimeoutError:
            return False

    def close(self) -> None:
        self.writer.transport.abort()
