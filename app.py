"""Entry point: settings → container → web app and worker.

`python app.py audit [ANCHOR …]` verifies the audit chain instead, against anchors from the log where given.
"""

import asyncio
import os
import sys

from bot.runtime.serve import run
from bot.runtime.verify import verify_audit


def main() -> int:
    """Exit code 0 after a clean stop, 2 when the configuration does not allow to start."""
    if sys.argv[1:2] == ["audit"]:
        return asyncio.run(verify_audit(os.environ, sys.argv[2:]))
    return asyncio.run(run(os.environ))


if __name__ == "__main__":
    sys.exit(main())
