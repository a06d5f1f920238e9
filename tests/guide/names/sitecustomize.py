"""What is different for a program of the walk: Microsoft's names lead to this machine, and waits are short.

Python reads this at the start of every program that has its folder in PYTHONPATH. `WALK_NAMES` names a file of JSON,
{"graph.microsoft.com:443": ["127.0.0.1", 41234], …}; `WALK_PACE` shortens `time.sleep`.
"""

import json
import os
import socket
import time
from pathlib import Path
from typing import Any

if file := os.environ.get("WALK_NAMES"):
    known = json.loads(Path(file).read_text(encoding="utf-8"))
    ask = socket.getaddrinfo

    def leading(host: Any, port: Any, *more: Any, **named: Any) -> Any:
        """The address of a name, as the walk's file has it."""
        name = host.decode() if isinstance(host, bytes) else host
        there = known.get(f"{name}:{port}", (host, port))
        return ask(*there, *more, **named)

    socket.getaddrinfo = leading

    if there := known.get("database:5432"):  # libpq asks for addresses by itself
        os.environ["PGHOSTADDR"], os.environ["PGPORT"] = there[0], str(there[1])

if pace := os.environ.get("WALK_PACE"):
    wait, share = time.sleep, float(pace)
    time.sleep = lambda seconds: wait(float(seconds) * share)
