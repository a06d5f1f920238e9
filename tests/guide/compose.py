"""`docker compose` where there is no Docker: the services of deploy/compose.yaml as processes of this machine.

What compose and the image say is read from their files: environment, mounts, the key, which part of the project is in the
image. A service is begun anew by `up` only where compose would do so: not because a file that is mounted has changed.
Replaced are networks (each service has a port of loopback), limits of memory, and the database's image.
"""

import json
import os
import re
import shutil
import subprocess
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]  # no stubs are installed

from demo.processes import Program, ProgramFailed, free_port, stop_all
from demo.stack import has

CONTAINER_USER = 10001
_OURS = ("web", "worker", "proxy")
"""What `up` begins; the database runs already."""
READY_SECONDS = 60.0
_VARIABLE = re.compile(r"\$\{(\w+)(?::([?-])([^}]*))?\}")
_PORT = "127.0.0.1:3978"
"""Where each service listens in its container."""


class ComposeFault(Exception):
    """What compose would not begin with."""


@dataclass(slots=True)
class Compose:
    """`root`: the clone. `extra`: what every program of the bot has in its environment besides. `proxy_port`: where this
    machine has the proxy's 443.
    """

    root: Path
    python: str
    caddy: str
    extra: Mapping[str, str]
    proxy_port: int
    running: dict[str, Program] = field(default_factory=dict)
    ports: dict[str, int] = field(default_factory=dict)
    _begun_with: dict[str, Mapping[str, str]] = field(default_factory=dict)
    _count: int = 0

    def __call__(self, arguments: Sequence[str], typed: str = "") -> tuple[int, str]:
        """Exit code and what is said, of `docker compose -f deploy/compose.yaml ARGUMENTS`."""
        verb, *rest = [one for one in arguments if one not in {"--build", "--detach", "--rm"}]
        names = [one for one in rest if one in self._file["services"]]
        try:
            match verb:
                case "up":
                    return self._up(names or [*_OURS], build="--build" in arguments)
                case "ps":
                    return 0, self._listed()
                case "logs":
                    return 0, "".join(self._log(name) for name in names)
                case "stop" | "restart":
                    for name in names or [*self.running]:
                        self._stop(name)
                    if verb == "restart":
                        self._begin({name: self._begun_with[name] for name in names})
                    return 0, ""
                case "exec":
                    return self._inside(rest[0], rest[1:])
                case "run":
                    return self._once(rest[0], rest[1:], typed)
        except ComposeFault as error:
            return 1, str(error)
        raise AssertionError(f"the guide asks compose for something new: {verb}")

    def close(self) -> None:
        """Ends what runs."""
        stop_all([*self.running.values()])
        self.running.clear()

    @property
    def _file(self) -> dict[str, Any]:
        found: dict[str, Any] = yaml.safe_load((self.root / "deploy" / "compose.yaml").read_text(encoding="utf-8"))
        return found

    def _up(self, names: Sequence[str], *, build: bool) -> tuple[int, str]:
        if build:
            self._build()
        wanted = {name: self._environment(name) for name in names}
        anew = {
            name: environment
            for name, environment in wanted.items()
            if name not in self.running or not self.running[name].running or self._begun_with[name] != environment
        }
        for name in anew:
            self._stop(name)
        self._begin(anew)
        return 0, "\n".join(f" {name}  Started" for name in ("database", *wanted))

    def _build(self) -> None:
        """What the Dockerfile copies, and nothing else of the project."""
        image = self.root / "image"
        shutil.rmtree(image, ignore_errors=True)
        image.mkdir()
        text = (self.root / "deploy" / "Dockerfile").read_text(encoding="utf-8")
        for source, target in re.findall(r"^COPY (?!--from)(\S+) (\./\S*)$", text, re.MULTILINE):
            source_path, at = self.root / source, image / target
            if source_path.is_dir():
                shutil.copytree(source_path, at)
            else:
                at = at / source if target.endswith("/") else at
                at.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(source_path, at)

    def _environment(self, name: str) -> dict[str, str]:
        """What compose gives a service. Errors: ComposeFault."""
        service = self._file["services"][name]
        files = service.get("env_file", [])
        found: dict[str, str] = {}
        for file in [files] if isinstance(files, str) else files:
            found |= env_file(self.root / "deploy" / file)
        given = env_file(self.root / "deploy" / ".env")

        def filled(match: re.Match[str]) -> str:
            if not given.get(match[1]) and match[2] == "-":
                return match[3]
            if not given.get(match[1]):
                raise ComposeFault(f"required variable {match[1]} is missing a value: {match[3]}")
            return given[match[1]]

        found |= {key: _VARIABLE.sub(filled, str(value)) for key, value in service.get("environment", {}).items()}
        return found

    def _here(self, name: str, environment: Mapping[str, str]) -> dict[str, str]:
        """The same where the mounts are folders of this machine. Errors: ComposeFault, what the container cannot read."""
        service = self._file["services"][name]
        found: dict[str, str] = dict(environment)
        mounts = [volume.split(":")[:2] for volume in service.get("volumes", ()) if volume.startswith("./")]
        mounts += [[self._file["secrets"][one]["file"], f"/run/secrets/{one}"] for one in service.get("secrets", ())]
        for source, target in mounts:
            for key, value in found.items():
                found[key] = re.sub(rf"{re.escape(target)}(?=/|\s|$)", str(self.root / "deploy" / source), value)
        for key, value in found.items():
            if environment[key].startswith("/run/") and os.geteuid() == 0 and " " not in value:
                _readable(environment[key], Path(value))
        return found

    def _begin(self, services: Mapping[str, Mapping[str, str]]) -> None:
        """All at once. One that ends at once has ended: `ps` and `logs` tell."""
        here = {name: self._here(name, environment) for name, environment in services.items()}
        for name, mounted in here.items():
            self._count += 1
            log = self.root / "var" / f"{self._count:02}-{name}.log"
            command, where, own = self._program(name)
            self.running[name] = Program(name, command, log=log, cwd=where, env={**mounted, **own})
        for name, environment in services.items():
            try:
                self.running[name].wait_for_line(_ready(name), seconds=READY_SECONDS)
            except ProgramFailed:
                if self.running[name].running:
                    raise
            self._begun_with[name] = dict(environment)

    def _program(self, name: str) -> tuple[Sequence[str], Path, Mapping[str, str]]:
        """What is run, where, and what of its environment is this machine's."""
        self.ports.setdefault("web", free_port())
        if name == "proxy":
            own = {
                "BOT_ADDRESS": f"127.0.0.1:{self.ports['web']}",
                "HTTP_PORT": str(free_port()),
                "HTTPS_PORT": str(self.proxy_port),
                "HOME": str(self.root / "var"),
            }
            return (self.caddy, "run", "--config", "deploy/Caddyfile", "--adapter", "caddyfile"), self.root, own
        port = self.ports.setdefault(name, free_port())
        own = {"BOT_HOST": "127.0.0.1", "BOT_PORT": str(port)}
        return (self.python, "app.py"), self.root / "image", {**self.extra, **own}

    def _stop(self, name: str) -> None:
        if (program := self.running.pop(name, None)) is not None:
            program.stop()

    def once(self, name: str) -> list[str]:
        """What `run NAME` runs, as one command of a shell."""
        environment = {**self.extra, **self._here(name, self._environment(name))}
        given = [f"{key}={value}" for key, value in environment.items()]
        return ["env", "--ignore-environment", f"--chdir={self.root / 'image'}", *given, self.python, "app.py"]

    def _once(self, name: str, arguments: Sequence[str], typed: str) -> tuple[int, str]:
        environment = self._here(name, self._environment(name))
        done = subprocess.run(
            [self.python, "app.py", *arguments],
            cwd=self.root / "image",
            env={**self.extra, **environment},
            input=typed,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=300,
            check=False,
        )
        return done.returncode, done.stdout

    def _inside(self, name: str, command: Sequence[str]) -> tuple[int, str]:
        """In a service that runs, whose port of loopback is another one here. Errors: ComposeFault."""
        if name not in self.running or not self.running[name].running:
            raise ComposeFault(f'service "{name}" is not running')
        program, *arguments = command
        assert program == "python", command
        here = [one.replace(_PORT, f"127.0.0.1:{self.ports[name]}") for one in arguments]
        done = subprocess.run(
            [self.python, *here], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60, check=False
        )
        return done.returncode, done.stdout

    def _listed(self) -> str:
        lines = ["SERVICE    STATUS", "database   Up (healthy)"]
        for name, program in sorted(self.running.items()):
            up = "Up" if program.running else "Exited"
            health = f" ({self.healthy(name)})" if name in self.ports and program.running else ""
            lines.append(f"{name:<10} {up}{health}")
        return "\n".join(lines)

    def healthy(self, name: str) -> str:
        """The image's own health check."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.ports[name]}/health", timeout=4) as answer:
                json.load(answer)
        except (urllib.error.URLError, ValueError, OSError):
            return "unhealthy"
        return "healthy"

    def _log(self, name: str) -> str:
        logs = sorted((self.root / "var").glob(f"*-{name}.log"))
        lines = "".join(log.read_text(encoding="utf-8") for log in logs).splitlines()
        return "".join(f"{name:<6} | {line}\n" for line in lines)


def _ready(name: str) -> Callable[[str], bool]:
    """By which line it is known that a service has begun."""
    return lambda line: "serving initial configuration" in line if name == "proxy" else has(line, "listening")


def env_file(path: Path) -> dict[str, str]:
    """As Docker Compose reads one (docs.docker.com/compose/how-tos/environment-variables/variable-interpolation)."""
    if not path.is_file():
        raise ComposeFault(f"env file {path.name} not found")
    found: dict[str, str] = {}
    for raw in path.read_text(encoding="utf-8").splitlines():
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        name, _, value = line.partition("=")
        quoted = re.fullmatch(r"""'([^']*)'|"([^"]*)\"""", value.strip())
        found[name.strip()] = (
            next(group for group in quoted.groups() if group is not None)
            if quoted
            else re.sub(r"\s+#.*$", "", value).strip()
        )
    return found


def _readable(name: str, path: Path) -> None:
    """As the container's user. Errors: ComposeFault."""
    if not path.exists():
        raise ComposeFault(f"{name}: there is no such file")
    held = path.stat()
    folder = path.parent.stat()
    mine = held.st_uid == CONTAINER_USER and held.st_mode & 0o400
    enters = folder.st_mode & 0o001 or (folder.st_uid == CONTAINER_USER and folder.st_mode & 0o100)
    if not ((mine or held.st_mode & 0o004) and (enters or "secrets" in name)):
        raise ComposeFault(f"{name}: the container's user cannot read it")
