"""How the web server runs; `gunicorn wsgi:app` in this folder finds it by itself."""

import gc
import os

bind = f"{os.environ.get('HOST') or '127.0.0.1'}:{os.environ.get('PORT') or '8000'}"
# Plain processes, one request each: threads gave less throughput and a worse tail here.
workers = int(os.environ.get("WEB_CONCURRENCY") or min(2 * (os.cpu_count() or 1) + 1, 9))
timeout = 30
# Loaded once, before the processes part: they start at once and share its memory. Nothing in the
# application may be connected to the database at that moment, and nothing is.
preload_app = True
# Shorter than the ten seconds after which tools/serve.py ends what has not ended.
graceful_timeout = 8
# A heartbeat must not wait for a disk.
in_memory = "/dev/shm"  # noqa: S108
worker_tmp_dir = in_memory if os.path.isdir(in_memory) else None
control_socket_disable = True
loglevel = "warning"


def pre_fork(_server: object, _worker: object) -> None:
    """What was loaded before the processes part is never garbage: the collector need not walk it,
    and by not walking it leaves the memory shared."""
    gc.freeze()
