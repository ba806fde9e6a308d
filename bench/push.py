"""Web Push over TLS to a push service in another process: our sender with 256 in flight, beside
pywebpush's own async call and beside encryption alone, each in one process."""

import asyncio
import json
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import aiohttp
from py_vapid import Vapid02
from pywebpush import WebPusher, webpush_async

from app.core.keys import make
from app.core.outgoing import Policy
from app.notifications.rules.retrying import Verdict
from app.notifications.rules.telling import Urgency
from app.notifications.sender import Message, Sender, Target
from app.notifications.vapid import Signer
from bench.report import figure
from tests.push_receiver.certificates import TestAuthority
from tests.push_receiver.keys import BrowserKeys

MESSAGES = 5000
NAIVE = 1000
IN_FLIGHT = 256
CONTACT = "mailto:bench@example.org"
PAYLOAD = {
    "title": "有一件新报事，请受理",
    "body": "2611-0042 公共照明",
    "link": "/tickets/1",
}
RAW = json.dumps(PAYLOAD, ensure_ascii=False)
MESSAGE = Message(payload=PAYLOAD, urgency=Urgency.NORMAL, topic="bench")


@contextmanager
def push_service(folder: Path) -> Iterator[int]:
    """The port of a running sink."""
    TestAuthority(folder).server()
    files = [str(folder / name) for name in ("server.pem", "server.key")]
    command = [sys.executable, "-m", "bench.push_sink", *files]
    sink = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert sink.stdout is not None
        yield int(sink.stdout.readline())
    finally:
        sink.terminate()
        sink.wait()
        if sink.stdout:
            sink.stdout.close()


def targets(port: int, number: int) -> list[Target]:
    """Different devices, each with keys of its own."""
    made = []
    for _ in range(number):
        keys = BrowserKeys().as_json()
        endpoint = f"https://localhost:{port}/push/{uuid4().hex}"
        made.append(Target(endpoint, keys["p256dh"], keys["auth"]))
    return made


async def timed(
    send: Callable[[Target], Awaitable[object]], wanted: Sequence[Target]
) -> tuple[float, list[object]]:
    """Seconds for all of them, at most IN_FLIGHT at once, and what became of each."""
    gate = asyncio.Semaphore(IN_FLIGHT)

    async def one(target: Target) -> object:
        async with gate:
            return await send(target)

    start = time.perf_counter()
    became = await asyncio.gather(*map(one, wanted))
    return time.perf_counter() - start, list(became)


async def ours(wanted: Sequence[Target], signer: Signer, ca_file: str) -> float:
    sender = Sender(signer, Policy(allow_private=True, ca_file=ca_file))
    seconds, became = await timed(lambda target: sender.send_async(target, MESSAGE), wanted)
    wrong = [one for one in became if getattr(one, "verdict", None) is not Verdict.TAKEN]
    if wrong:
        raise RuntimeError(f"{len(wrong)} were not taken: {wrong[0]}")
    await (await sender._opened()).close()
    return len(wanted) / seconds


async def manual(wanted: Sequence[Target], private_pem: str, ca_file: str) -> float:
    """pywebpush as its manual shows it, on one shared session."""
    key = Vapid02.from_pem(private_pem.encode())
    context = ssl.create_default_context(cafile=ca_file)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=context)) as session:

        async def send(target: Target) -> object:
            keys = {"p256dh": target.p256dh, "auth": target.auth}
            return await webpush_async(
                subscription_info={"endpoint": target.endpoint, "keys": keys},
                data=RAW,
                vapid_private_key=key,
                vapid_claims={"sub": CONTACT},
                aiohttp_session=session,
            )

        seconds, _ = await timed(send, wanted)
    return len(wanted) / seconds


def encryption(wanted: Sequence[Target]) -> float:
    raw = RAW.encode()
    start = time.perf_counter()
    for target in wanted:
        keys = {"p256dh": target.p256dh, "auth": target.auth}
        WebPusher({"endpoint": target.endpoint, "keys": keys}).encode(raw)
    return len(wanted) / (time.perf_counter() - start)


def main() -> None:
    secrets = make()
    with tempfile.TemporaryDirectory(prefix="honglin-bench-") as name:
        folder = Path(name)
        with push_service(folder) as port:
            wanted, ca_file = targets(port, MESSAGES), str(folder / "ca.pem")
            rate = asyncio.run(ours(wanted, Signer(secrets.vapid_private, CONTACT), ca_file))
            beside = asyncio.run(manual(wanted[:NAIVE], secrets.vapid_private, ca_file))
    baseline = {"pywebpush_async": round(beside), "encrypt_only": round(encryption(wanted[:NAIVE]))}
    figure(
        "push.rate_per_core",
        rate,
        "msg/s",
        in_flight=IN_FLIGHT,
        baseline=baseline,
        ratio=round(rate / beside, 2),
    )


if __name__ == "__main__":
    main()
