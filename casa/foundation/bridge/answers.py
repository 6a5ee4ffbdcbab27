"""What a page answers, kept whole until its reader has it; the thread is free long before."""

import asyncio
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from casa.foundation.bridge.wires import BLOCK, IN_MEMORY, Send, Store

READER_PATIENCE = 120.0  # seconds for one block of 64 kB


class Answer:
    """One answer: status, headers and body. A file on disk is not copied, only kept open."""

    def __init__(self, *, folder: Path) -> None:
        self.status = 500
        self.headers: list[tuple[bytes, bytes]] = []
        self.body: IO[bytes] | Store = Store(max_size=IN_MEMORY, dir=str(folder))
        self.is_file = False
        self.is_small = False

    def begin(
        self, status: str, headers: list[tuple[str, str]], _failure: object = None
    ) -> Callable[[bytes], object]:
        """WSGI's `start_response`."""
        self.status = int(status.split(" ", 1)[0])
        self.headers = [
            (name.strip().encode("latin1").lower(), value.strip().encode("latin1"))
            for name, value in headers
        ]
        return self.body.write

    def wrap(self, file: Any, block: int = BLOCK) -> Iterable[bytes]:
        """WSGI's `file_wrapper`: a real file is opened once more and sent when the page is done."""
        try:
            number = os.dup(file.fileno())
        except (AttributeError, OSError):  # a file in memory, or a part of one
            return _Blocks(file, block)
        os.lseek(number, file.tell(), os.SEEK_SET)
        self.body.close()
        self.body, self.is_file = os.fdopen(number, "rb"), True
        return _Closing(file)

    def keep(self, chunks: Iterable[bytes]) -> None:
        """Take all the page says; then it is over for the page."""
        try:
            for chunk in chunks:
                self.body.write(chunk)
        finally:
            getattr(chunks, "close", lambda: None)()
        if not self.is_file:
            self.is_small = self.body.tell() <= IN_MEMORY
            self.body.seek(0)

    async def send(self, send: Send, *, only_head: bool) -> None:
        """Send it at the reader's pace; one who takes nothing for minutes is given up."""
        start = {"type": "http.response.start", "status": self.status, "headers": self.headers}
        with suppress(OSError, TimeoutError):  # the reader is gone
            await send(start)
            while not only_head and (block := await self._block()):
                piece = {"type": "http.response.body", "body": block, "more_body": True}
                await asyncio.wait_for(send(piece), READER_PATIENCE)
            await send({"type": "http.response.body", "body": b""})

    async def _block(self) -> bytes:
        if self.is_small:  # it is in memory
            return self.body.read(BLOCK)
        return await asyncio.to_thread(self.body.read, BLOCK)

    def close(self) -> None:
        self.body.close()


class _Closing:
    """Nothing to say, but Django's file to close: that ends its request."""

    def __init__(self, file: Any) -> None:
        self.file = file

    def __iter__(self) -> Iterator[bytes]:
        return iter(())

    def close(self) -> None:
        self.file.close()


class _Blocks(_Closing):
    """The blocks of something that can only be read."""

    def __init__(self, file: Any, block: int) -> None:
        super().__init__(file)
        self.block = max(block, BLOCK)

    def __iter__(self) -> Iterator[bytes]:
        return iter(lambda: self.file.read(self.block), b"")
