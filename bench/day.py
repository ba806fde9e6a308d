"""The bytes of a volunteer's day, photos not counted: every request that the client makes, in the
order in which it makes them (static/pwa/src/core), against the real server.

The day is a full one: three openings of the app, an hour in which it lies open, six proposals
answered one by one, eight visits recorded, one of them with a ticket, and what one looks up.
"""

from urllib.parse import urlencode
from uuid import UUID, uuid4

from app.core import changes, clock
from app.identity.rules import PlaceKind
from app.teams.feed import KIND as HOUSEHOLD
from app.visits.feed import KIND as VISIT
from bench.grid import Grid, settle, writing
from bench.report import figure
from bench.wire import Phone
from bench.worlds import server_on
from tests.world import World

HOUR = 60  # polls
REPORTED = 4  # tickets of the volunteer that somebody moves in the night
ROWS_AT_ONCE = 200
OVERNIGHT = {VISIT: 8, HOUSEHOLD: 20}


class Day:
    """One phone, and what its owner does with it."""

    def __init__(self, world: World, grid: Grid) -> None:
        self.world, self.grid = world, grid
        self.phone = Phone(world.visitors["volunteer"])
        self.cursor = ""
        self.tickets: list[str] = []

    def pull(self) -> int:
        """What is new, in as many answers as it takes."""
        answers, more = 0, True
        while more:
            known = {"cursor": self.cursor} if self.cursor else {}
            asked = urlencode(known | {"limit": ROWS_AT_ONCE}).replace("~", "%7E")  # as browsers do
            answer = self.phone.get(f"/sync?{asked}")
            if answer is None:
                return answers + 1  # 204: nothing is new
            self.cursor, more = answer["cursor"], answer["more"]
            answers += 1
        return answers

    def open_app(self) -> None:
        """What a start asks for, before and after the screen is there."""
        self.phone.get("/session")
        self.pull()
        lying = {"waiting": 0, "refused": 0, "oldest_at": None, "skew_seconds": 0}
        self.phone.send("PUT", "/sync/device", lying)
        self.phone.look_for_new_version()

    def read_ahead(self) -> None:
        """What forms will need, read again after six hours."""
        for path in ("/tickets/categories", "/tickets?mine=true", "/inbox"):
            self.phone.get(path)
        communities = self.phone.get("/places/communities")["items"]
        self.phone.get(f"/places/tree?community_id={communities[0]['id']}")

    def answer(self, visit_id: UUID) -> None:
        """Accept; the outbox then asks what is new."""
        version = self.version(visit_id)
        self.phone.send("POST", f"/visits/{visit_id}/answer", {"answer": "accept"}, version)
        self.pull()

    def record(self, visit_id: UUID, *, issue: bool) -> None:
        """Open the form (which asks what is new), say what happened, hear what came of it."""
        self.pull()
        version = self.version(visit_id)
        said = {
            "on": clock.today().isoformat(),
            "method": "door",
            "outcome": "issue" if issue else "ok",
            "needs": ["power_fire"] if issue else [],
            "with_ids": [],
            "device_time": clock.now().isoformat(),
            "note": "插线板老化，答应换新的。",
            "note_agreed": True,
        }
        if issue:
            self.tickets.append(str(uuid4()))
            said["ticket"] = {
                "id": self.tickets[-1],
                "category": "facility.power_lighting",
                "text": "三楼楼道灯不亮，王阿姨上楼看不清台阶。",
                "public_area": True,
                "media": [],
            }
        self.phone.send("PUT", f"/visits/{visit_id}/record", said, version)
        self.pull()

    def version(self, visit_id: UUID) -> int:
        """The version on the phone; asked for beside the wire, for the phone has it."""
        return (
            self.world.visitors["volunteer"]
            .call("GET", f"/api/v1/visits/{visit_id}")
            .json()["version"]
        )

    def look_up(self) -> None:
        """The list of tickets, two of them, the inbox, an item of it, and two doors' past."""
        self.phone.get("/tickets/queues")
        self.phone.get("/tickets?mine=true")
        for ticket_id in self.tickets[:1] + self.tickets[-1:]:
            self.phone.get(f"/tickets/{ticket_id}")
        items = self.phone.get("/inbox")["items"]
        self.phone.send("POST", f"/inbox/{items[0]['id']}/read", {})
        self.pull()
        for household_id in self.grid.households[:2]:
            self.phone.get(f"/visits?household_id={household_id}&state=done")

    def yesterday(self) -> None:
        """Some tickets were reported, and the phone was brought up to date."""
        place = str(self.world.places[PlaceKind.COMMUNITY])
        for _ in range(REPORTED):
            body = {
                "category": "facility.power_lighting",
                "text": "东门的路灯不亮，晚上看不清台阶。",
                "place_id": place,
                "public_area": True,
                "media": [],
            }
            self.tickets.append(self.phone.send("POST", "/tickets", body)["id"])
        self.pull()

    def night(self) -> None:
        """The office moves the tickets; doors and visits change."""
        clerk = self.world.visitors["committee"]
        for ticket_id in self.tickets:
            path = f"/api/v1/tickets/{ticket_id}"
            version = clerk.call("GET", path).json()["version"]
            moved = clerk.call("POST", f"{path}/moves", {"verb": "accept"}, version=version)
            if moved.status != 200:
                raise RuntimeError(f"not accepted: {moved.status} {moved.body.decode()}")
        with writing(self.world) as session:
            changes.note(session, VISIT, self.grid.done[: OVERNIGHT[VISIT]])
            changes.note(session, HOUSEHOLD, self.grid.households[-OVERNIGHT[HOUSEHOLD] :])

    def live(self) -> None:
        """The day itself."""
        phone = self.phone
        phone.purpose = "first_sync"
        self.pull()
        phone.purpose = "openings"
        for _ in range(3):
            self.open_app()
        for _ in range(2):
            self.read_ahead()
        phone.purpose = "polls"
        for _ in range(HOUR):
            self.pull()
        phone.purpose = "answers"
        for visit_id in self.grid.asked:
            self.answer(visit_id)
        phone.purpose = "records"
        for nth, visit_id in enumerate(self.grid.today):
            self.record(visit_id, issue=nth == 0)
        phone.purpose = "look_ups"
        self.look_up()


def measure(database: str) -> None:
    with server_on(database) as world:
        grid = settle(world)
        world.server.start()
        first_grid(database, Day(world, grid))
        day = Day(world, grid)
        day.yesterday()
        day.night()
        day.phone = Phone(world.visitors["volunteer"])
        day.live()
    phone = day.phone
    report("sync.day_bytes", database, phone, parts=dict(phone.bytes))


def first_grid(database: str, new: Day) -> None:
    """The very first sync: every door and visit of the grid."""
    answers = new.pull()
    grid = new.grid
    visits = len(grid.today) + len(grid.asked) + len(grid.done)
    held = {"households": len(grid.households), "visits": visits}
    report("sync.first_grid_bytes", database, new.phone, answers=answers, holds=held)


def report(name: str, database: str, phone: Phone, **more: object) -> None:
    total = sum(phone.bytes.values())
    figure(
        name,
        total,
        "bytes",
        db=database,
        requests=phone.requests,
        **more,
        baseline={"uncompressed": phone.plain},
        ratio=round(total / phone.plain, 3),
    )
