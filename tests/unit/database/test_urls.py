import pytest

from bot.database.connections import advisory_lock
from bot.database.failures import CannotOpen
from bot.database.urls import read_url


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("sqlite:///var/bot.sqlite", "sqlite+pysqlite:///var/bot.sqlite"),
        ("sqlite:////var/bot.sqlite", "sqlite+pysqlite:////var/bot.sqlite"),
        ("sqlite+aiosqlite:///b", "sqlite+pysqlite:///b"),
        ("postgres://h/d", "postgresql+psycopg://h/d"),
        ("postgresql://u:p@h:5/d", "postgresql+psycopg://u:p@h:5/d"),
        ("postgresql+asyncpg://u:p@h/d", "postgresql+psycopg://u:p@h/d"),
        ("postgresql://h/d?sslmode=verify-full", "postgresql+psycopg://h/d?sslmode=verify-full"),
        ("postgresql+asyncpg://h/d?ssl=verify-full", "postgresql+psycopg://h/d?sslmode=verify-full"),
    ],
)
def test_urls_get_our_driver(written: str, read: str):
    assert read_url(written).render_as_string(hide_password=False) == read


@pytest.mark.parametrize(
    "written",
    [
        "",
        "bot.sqlite",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///file:x?mode=memory&uri=true",
        "mysql://u:geheim@h/d",
        "postgresql+pg8000://u:geheim@h/d",
        "//u:geheim@h:port/d",
        "postgresql://u:geheim@h:port/d",
    ],
)
def test_other_urls_are_refused_without_quoting_a_password(written: str):
    with pytest.raises(CannotOpen) as refused:
        read_url(written)
    assert "geheim" not in str(refused.value)
    assert refused.value.__cause__ is None


def test_advisory_locks_fit_postgres_and_differ_by_name():
    numbers = {advisory_lock("ledger", str(actor)) for actor in range(1000)}
    assert len(numbers | {advisory_lock("ledger1", "0"), advisory_lock("ledger")}) == 1002
    assert all(-(2**63) <= number < 2**63 for number in numbers)
