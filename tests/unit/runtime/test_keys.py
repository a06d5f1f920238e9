"""The master key is made once, is nobody else's to read, and is never guessed."""

import os

import pytest

from bot.runtime.keys import KeyFileError, master_key


def test_it_is_made_once_and_kept(tmp_path):
    path = tmp_path / "keys" / "master.key"

    first = master_key(path, may_make=True)

    assert len(first) == 32
    assert master_key(path, may_make=False) == first
    assert path.stat().st_mode & 0o777 == 0o600


def test_it_is_not_made_where_it_must_not_be(tmp_path):
    path = tmp_path / "master.key"

    with pytest.raises(KeyFileError, match="does not exist"):
        master_key(path, may_make=False)
    assert not path.exists()


@pytest.mark.skipif(os.name != "posix", reason="modes of files are POSIX")
def test_a_key_others_can_read_is_refused(tmp_path):
    path = tmp_path / "master.key"
    path.write_text("ab" * 32)
    path.chmod(0o644)

    with pytest.raises(KeyFileError, match="readable by others"):
        master_key(path, may_make=True)


@pytest.mark.parametrize("content", ["", "zz" * 32, "ab" * 31, "ab" * 33])
def test_a_damaged_key_is_refused_without_being_shown(tmp_path, content):
    path = tmp_path / "master.key"
    path.write_text(content)
    path.chmod(0o600)

    with pytest.raises(KeyFileError) as caught:
        master_key(path, may_make=True)
    assert content not in str(caught.value) or not content
