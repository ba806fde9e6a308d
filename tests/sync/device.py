"""A whole phone: its shelf, and an outbox that sends over a network which loses answers."""

from dataclasses import dataclass, field
from enum import StrEnum
from random import Random
from typing import Any
from uuid import uuid4

from tests.sync.phone import Phone


class State(StrEnum):
    WAITING = "waiting"
    RECEIVED = "received"
    REFUSED = "refused"


class Net(StrEnum):
    """What the network does to one request."""

    FINE = "fine"
    NEVER_ARRIVES = "never arrives"
    ANSWER_LOST = "answer lost"


@dataclass
class Entry:
    """One write with its key. `proof` names what must be on the server once it was received."""

    about: str
    method: str
    path: str
    body: dict[str, Any]
    proof: tuple[str, str]
    version: int | None = None
    key: str = field(default_factory=lambda: str(uuid4()))
    state: State = State.WAITING
    code: str = ""


@dataclass
class Device(Phone):
    """A phone in somebody's hand."""

    person: str = ""
    outbox: list[Entry] = field(default_factory=list)
    seen_offers: int = 0

    def put(self, entry: Entry) -> None:
        self.outbox.append(entry)

    def send(self, dice: Random, *, faulty: bool) -> None:
        """Oldest first for each object; what waits for an answer holds up the same object only.
        Between objects the order is any."""
        waiting = [entry for entry in self.outbox if entry.state is State.WAITING]
        objects = list(dict.fromkeys(entry.about for entry in waiting))
        dice.shuffle(objects)
        for about in objects:
            for entry in (one for one in waiting if one.about == about):
                net = dice.choice(list(Net)) if faulty else Net.FINE
                if not self._send_one(entry, net):
                    break

    def _send_one(self, entry: Entry, net: Net) -> bool:
        """True when the phone knows what became of it."""
        if net is Net.NEVER_ARRIVES:
            return False
        write = getattr(self.client, entry.method)
        answer = write(entry.path, entry.body, key=entry.key, version=entry.version)
        assert answer.status_code < 500, answer.text
        if net is Net.ANSWER_LOST:
            return False
        accepted = answer.status_code < 300
        entry.state = State.RECEIVED if accepted else State.REFUSED
        entry.code = "" if accepted else answer.json["code"]
        return True

    def resend(self, dice: Random) -> None:
        """An answer that came was not written down before the phone died: the entry goes again."""
        sent = [entry for entry in self.outbox if entry.state is State.RECEIVED]
        if sent:
            dice.choice(sent).state = State.WAITING

    def offer_again(self) -> None:
        """The server came back from a backup: what it had received goes again, in its old order."""
        if self.offered_again == self.seen_offers:
            return
        self.seen_offers = self.offered_again
        for entry in self.outbox:
            if entry.state is State.RECEIVED:
                entry.state = State.WAITING

    def settle(self, dice: Random) -> None:
        """In a good network everything comes to an end."""
        for _ in range(6):
            self.pull()
            self.offer_again()
            self.send(dice, faulty=False)
            if all(entry.state is not State.WAITING for entry in self.outbox):
                break
        assert all(entry.state is not State.WAITING for entry in self.outbox)
