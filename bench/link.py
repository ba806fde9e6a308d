"""A slow line in front of a server: all connections share its two directions, as they share a
phone's mobile network, whichever part of the browser opened them."""

import asyncio
import contextlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

PIECE = 4096


@dataclass(frozen=True)
class Speed:
    """Round trip in seconds, bits a second down and up."""

    round_trip: float
    down: float
    up: float


SLOW_4G = Speed(0.150, 1.6e6, 0.75e6)


class Lane:
    """One direction. Who comes later waits until what came before is through."""

    def __init__(self, bits: float, way: float) -> None:
        self.bytes_per_second = bits / 8
        self.way = way
        self.free_at = 0.0

    def arrival(self, size: int) -> float:
        """When a piece that is sent now will have arrived."""
        now = asyncio.get_running_loop().time()
        self.free_at = max(now, self.free_at) + size / self.bytes_per_second
        return self.free_at + self.way

    async def carry(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        """Everything from here to there, in its time, and then the end."""
        under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        unloading = asyncio.create_task(_unload(under_way, target))
        with contextlib.suppress(ConnectionError):
            while piece := await source.read(PIECE):
                under_way.put_nowait((self.arrival(len(piece)), piece))
        under_way.put_nowait((self.arrival(0), b""))
        await unloading


async def _unload(
    under_way: asyncio.Queue[tuple[float, bytes]], target: asyncio.StreamWriter
) -> None:
    clock = asyncio.get_running_loop().time
    with contextlib.suppress(ConnectionError):
        while True:
            at, piece = await under_way.get()
            await asyncio.sleep(max(0.0, at - clock()))
            if not piece:
                break
            target.write(piece)
            await target.drain()
        target.write_eof()


async def _serve(port: int, speed: Speed, ready: "asyncio.Future[int]") -> None:
    down, up = Lane(speed.down, speed.round_trip / 2), Lane(speed.up, speed.round_trip / 2)

    async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            answers, server = await asyncio.open_connection("127.0.0.1", port)
            await asyncio.gather(up.carry(reader, server), down.carry(answers, writer))
            server.close()
        except (OSError, asyncio.CancelledError):
            pass  # nobody there, or the line is cut: the phone sees the connection end
        finally:
            writer.close()

    listening = await asyncio.start_server(connect, "127.0.0.1", 0)
    ready.set_result(listening.sockets[0].getsockname()[1])
    with contextlib.suppress(asyncio.CancelledError):
        await asyncio.Event().wait()
    listening.close()


@contextmanager
def slow_line(port: int, speed: Speed = SLOW_4G) -> Iterator[int]:
    """The port of a slow line to the server on this port."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    ready: asyncio.Future[int] = loop.create_future()
    serving = asyncio.run_coroutine_threadsafe(_serve(port, speed, ready), loop)
    try:
        yield asyncio.run_coroutine_threadsafe(_result(ready), loop).result(10)
    finally:
        serving.cancel()
        asyncio.run_coroutine_threadsafe(_end_all(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


async def _end_all() -> None:
    """Nothing goes on after the line is cut."""
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


async def _result(ready: "asyncio.Future[int]") -> int:
    return await ready
