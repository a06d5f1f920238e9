"""The load of a country at its smallest: every intent goes through the whole product, and the figures are there."""

import json

import pytest

from benchmarks.national.__main__ import main
from benchmarks.national.demand import Intent

REFUSED = "some of a class failed: refusal-"
"""… by the bot, as it should where it may not set the password; not because something broke."""


@pytest.mark.long
def test_every_intent_is_fulfilled_and_measured(tmp_path, capsys):
    result = tmp_path / "out" / "national.json"
    small = "--schools 6 --students 300 --minutes 0.05 --share 8 --times 0.4 --setups sqlite --latency 5 --alone 0"
    assert main([*small.split(), "--state", str(tmp_path / "state"), "--result", str(result)]) == 0

    (figures,) = json.loads(result.read_text())["setups"]
    for intent, tally in figures["tallies"].items():
        # Who moves while a class gets its passwords gets none: that school's director may not set it any more.
        refused = [count for kind, count in tally["failed"].items() if kind.startswith(REFUSED)]
        moved = sum(refused) if intent == Intent.CLASS else 0
        assert len(tally["whole"]) + moved == tally["begun"] > 0, (intent, tally)
        assert moved <= 1
    assert set(figures["tallies"]) == set(Intent)
    assert figures["unfinished"] == 0
    assert figures["graph"]["passwords"] >= figures["tallies"][Intent.PASSWORD]["begun"]
    assert figures["graph"]["units"]["teams"] > 0
    shown = capsys.readouterr().out
    assert "turns a second" in shown
    assert "class passwords" in shown


def test_what_cannot_be_is_refused(tmp_path, capsys):
    assert main(["--share", "101", "--state", str(tmp_path)]) == 2
    assert main(["--minutes", "0", "--state", str(tmp_path)]) == 2
    assert main(["--part", "0", "--state", str(tmp_path)]) == 2
    assert main(["--schools", "2", "--state", str(tmp_path)]) == 1
    for wrong in (["--setups", "oracle"], ["--intents", "lookup,tea"]):
        with pytest.raises(SystemExit):
            main(wrong)
    assert "between 6 and 9999" in capsys.readouterr().err
