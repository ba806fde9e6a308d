"""Web Push over TLS to a push service in another process, which decrypts every message: our sender,
beside pywebpush's own async call and beside encryption alone, near and with 50 ms until an answer.

`rate_per_core` is messages by second of the sender's own processor time: the push service and the
rest of the machine are not in it. `python -m bench.push_people` goes through the outbox.
"""

import asyncio
import json
import ssl
import time
from collections.abc import Sequence

import aiohttp
from py_vapid import Vapid02
from pywebpush import WebPusher, webpush_async

from app.core.keys import make
from app.notifications.rules.addresses import Target
from app.notifications.rules.resting import MOST_AT_ONCE
from app.notifications.rules.retrying import Verdict
from app.notifications.rules.telling import Urgency
from app.notifications.sender import Message, Outcome, Sender
from app.notifications.vapid import Signer
from bench.push_service import FAR, NEAR, Service, push_service
from bench.report import figure

MESSAGES = 5000
NAIVE = 2000
CONTACT = "mailto:bench@example.org"
PAYLOAD = {
    "title": "有一件新报事，请受理",
    "body": "2611-0042 公共照明",
    "link": "/tickets/1",
}
RAW = json.dumps(PAYLOAD, ensure_ascii=False)
MESSAGE = Message(payload=PAYLOAD, urgency=Urgency.NORMAL, topic="bench")


class Taken:
    """`with Taken() as taken:` then messages by second on the wall clock and of processor time."""

    def __enter__(self) -> "Taken":
        self._wall, self._own = time.perf_counter(), time.process_time()
        return self

    def __exit__(self, *_: object) -> None:
        self.wall = time.perf_counter() - self._wall
        self.own = time.process_time() - self._own


def ours(wanted: Sequence[Target], service: Service, private_pem: str) -> Taken:
    """Our sender, until every message has its outcome."""
    sender = Sender(Signer(private_pem, CONTACT), service.policy)
    outcomes: list[Outcome] = []
    with Taken() as taken:
        for number, target in enumerate(wanted):
            sender.begin(number, target, MESSAGE)
        while len(outcomes) < len(wanted):
            outcomes += [outcome for _, outcome in sender.turn(1.0)]
    sender.close()
    wrong = [one for one in outcomes if one.verdict is not Verdict.TAKEN]
    if wrong:
        raise RuntimeError(f"{len(wrong)} were not taken: {wrong[0]}")
    return taken


def manual(wanted: Sequence[Target], service: Service, private_pem: str) -> Taken:
    """A loop over pywebpush's async call on one shared session, as many at once as ours."""
    with Taken() as taken:
        asyncio.run(_manual(wanted, service, private_pem))
    return taken


async def _manual(wanted: Sequence[Target], service: Service, private_pem: str) -> None:
    key = Vapid02.from_pem(private_pem.encode())
    context = ssl.create_default_context(cafile=service.policy.ca_file)
    gate = asyncio.Semaphore(MOST_AT_ONCE)
    connector = aiohttp.TCPConnector(ssl=context, limit=MOST_AT_ONCE)
    async with aiohttp.ClientSession(connector=connector) as session:

        async def send(target: Target) -> None:
            keys = {"p256dh": target.p256dh, "auth": target.auth}
            async with gate:
                await webpush_async(
                    subscription_info={"endpoint": target.endpoint, "keys": keys},
                    data=RAW,
                    vapid_private_key=key,
                    vapid_claims={"sub": CONTACT},
                    aiohttp_session=session,
                )

        await asyncio.gather(*map(send, wanted))


def encryption(wanted: Sequence[Target]) -> float:
    """Messages encrypted by second of processor time, by pywebpush."""
    raw = RAW.encode()
    with Taken() as taken:
        for target in wanted:
            keys = {"p256dh": target.p256dh, "auth": target.auth}
            WebPusher({"endpoint": target.endpoint, "keys": keys}).encode(raw)
    return len(wanted) / taken.own


def main() -> None:
    secrets = make().vapid_private
    for name, late in (("push.rate_per_core", NEAR), ("push.rate_per_core_far", FAR)):
        with push_service(late) as service:
            wanted = service.targets(MESSAGES)
            took = ours(wanted, service, secrets)
            beside = manual(wanted[:NAIVE], service, secrets)
            read = service.read()
        rate, other = MESSAGES / took.own, NAIVE / beside.own
        figure(
            name,
            rate,
            "msg/s",
            wall=round(MESSAGES / took.wall),
            decrypted=read,
            in_flight=MOST_AT_ONCE,
            baseline={
                "pywebpush_async": round(other),
                "pywebpush_async_wall": round(NAIVE / beside.wall),
                "encrypt_only": round(encryption(wanted[:NAIVE])),
            },
            ratio=round(rate / other, 2),
        )


if __name__ == "__main__":
    main()
