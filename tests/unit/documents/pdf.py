"""A PDF opened as its reader would: with Poppler's tools, never with the library that wrote it."""

import re
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.core.passwords.secret import Secret
from bot.core.passwords.slips import Slip
from bot.documents.slips import SlipWords
from bot.texts.catalog import Catalog
from bot.texts.moments import moment

PIN = "040719263555"
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def words() -> SlipWords:
    """The words as the download page fills them in."""
    t = Catalog.load().speak("bg")
    return SlipWords(
        heading=t("slip-heading"),
        class_=t("slip-class"),
        username=t("slip-username"),
        password=t("slip-password"),
        in_parts=t("slip-in-parts"),
        reading=t("slip-reading"),
        typing=t("slip-typing"),
        signing_in=t("slip-signing-in"),
        steps=(t("slip-step-open"), t("slip-step-username"), t("slip-step-password"), t("slip-step-change")),
        works_from=t("slip-works-from"),
        expires=t("slip-expires"),
        keep=t("slip-keep"),
        stays=t("slip-stays"),
        received=t("slip-received"),
        date=t("slip-date"),
        code=t("slip-code"),
        moment=lambda at: moment(at, "bg"),
    )


def slip(number: int = 0, **other: object) -> Slip:
    """One slip; `number` makes name, username and password its own."""
    facts: dict[str, object] = {
        "name": f"Ивана Петрова {chr(0x410 + number // 28)}{chr(0x430 + number % 28)}ева",
        "class_": "5 б",
        "username": f"uc7505{number:04}@edu.mon.bg",
        "password": Secret(f"Zegegosati{2000 + number}"),
        "works_from": NOW + timedelta(minutes=2),
        "expires_at": NOW + timedelta(hours=72),
    }
    return Slip(**(facts | other))  # type: ignore[arg-type]


def opened(pdf: bytes, folder: Path, tool: str = "pdftotext", *options: str, pin: str | None = PIN) -> str:
    """What one of Poppler's tools says of the file. Errors: PermissionError when it does not open with this PIN."""
    file = folder / "slips.pdf"
    file.write_bytes(pdf)
    if shutil.which(tool) is None:
        raise AssertionError(f"{tool} is missing: install poppler-utils; without it the slips are not tested at all")
    with_pin = [] if pin is None else ["-upw", pin]
    to = [str(folder / "page") if tool == "pdftoppm" else "-"] if tool in {"pdftotext", "pdftoppm"} else []
    run = subprocess.run([tool, *with_pin, *options, str(file), *to], capture_output=True, text=True, check=False)
    if "Incorrect password" in run.stderr:
        raise PermissionError
    assert run.returncode == 0, run.stderr
    assert run.stderr == "", "a well-formed file has nothing to complain about"
    return run.stdout


def text(pdf: bytes, folder: Path, pin: str = PIN) -> str:
    """What stands on the paper, each run of white space as one space."""
    return re.sub(r"\s+", " ", opened(pdf, folder, "pdftotext", "-layout", pin=pin))
