"""The service that Firefox keeps a line open to, and that our server posts messages to.

It speaks Mozilla's push protocol over a WebSocket (hello, register, unregister, notification, ack,
ping). Whether a message is well made is not judged here: Firefox itself opens it.
"""

import asyncio
import base64
import json
import threading
from collections.abc import Coroutine
from dataclasses import dataclass, field
from types import TracebackType
from uuid import uuid4

from aiohttp import WSMessage, WSMsgType, web

SUBPROTOCOL = "push-notification"


@dataclass
class Seen:
    """What went over the lines so far, for a test that wants to know where the chain broke."""

    channels: dict[str, str] = field(default_factory=dict)
    posted: list[dict[str, str]] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    unregistered: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


class PushService:
    """`with PushService() as service:` runs it on a free port in a thread of its own."""

    def __init__(self) -> None:
        self.seen = Seen()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._lines: set[web.WebSocketResponse] = set()
        self._port = 0

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def socket_url(self) -> str:
        return f"ws://127.0.0.1:{self._port}/"

    def __enter__(self) -> "PushService":
        self._thread.start()
        self._await(self._open())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._await(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    def _await(self, work: Coroutine[object, object, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _open(self) -> None:
        app = web.Application()
        app.router.add_get("/", self._line)
        app.router.add_post("/wpush/{channel}", self._take)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self._port = self._runner.addresses[0][1]

    async def _close(self) -> None:
        for line in list(self._lines):
            await line.close()
        await self._runner.cleanup()

    async def _line(self, request: web.Request) -> web.StreamResponse:
        line = web.WebSocketResponse(protocols=(SUBPROTOCOL,))
        await line.prepare(request)
        self._lines.add(line)
        try:
            async for message in line:
                await self._hear(line, message)
        finally:
            self._lines.discard(line)
        return line

    async def _hear(self, line: web.WebSocketResponse, message: WSMessage) -> None:
        if message.type is not WSMsgType.TEXT:
            return
        said = json.loads(message.data)
        kind = said.get("messageType", "ping")
        self.seen.said.append(kind if kind != "nack" else str(said))
        answer = self._answer(kind, said)
        if answer is not None:
            await line.send_str(json.dumps(answer))

    def _answer(self, kind: str, said: dict[str, object]) -> dict[str, object] | None:
        if kind == "ping":
            return {}
        if kind == "hello":
            name = said.get("uaid") or uuid4().hex
            return {"messageType": kind, "uaid": name, "status": 200, "use_webpush": True}
        if kind in {"register", "unregister"}:
            return {"messageType": kind, "status": 200, **self._channel(kind, said)}
        if kind == "ack":
            updates = said.get("updates")
            for update in updates if isinstance(updates, list) else []:
                self.seen.acknowledged.append(str(update["version"]))
        return None

    def _channel(self, kind: str, said: dict[str, object]) -> dict[str, object]:
        channel = str(said["channelID"])
        if kind == "unregister":
            self.seen.channels.pop(channel, None)
            self.seen.unregistered.append(channel)
            return {"channelID": channel}
        endpoint = f"{self.origin}/wpush/{channel}"
        self.seen.channels[channel] = endpoint
        return {"channelID": channel, "pushEndpoint": endpoint}

    async def _take(self, request: web.Request) -> web.Response:
        channel = request.match_info["channel"]
        body = await request.read()
        self.seen.posted.append({name.lower(): value for name, value in request.headers.items()})
        if channel not in self.seen.channels:
            return web.Response(status=410)
        version = uuid4().hex
        notification = {
            "messageType": "notification",
            "channelID": channel,
            "version": version,
            "data": base64.urlsafe_b64encode(body).rstrip(b"=").decode(),
            "headers": {"encoding": request.headers.get("Content-Encoding", "")},
        }
        for line in list(self._lines):
            await line.send_str(json.dumps(notification))
        return web.Response(status=201, headers={"Location": f"{self.origin}/m/{version}"})
