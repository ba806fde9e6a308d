"""250,000 pushes through the outbox on each database: seconds, and whether memory stays flat."""

from bench.push_people import ROWS, many
from bench.worlds import DATABASES


def main() -> None:
    for database in DATABASES:
        many(database, ROWS)


if __name__ == "__main__":
    main()
