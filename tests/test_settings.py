"""Settings come from the environment once, with errors that name the variable."""

from __future__ import annotations

from pathlib import Path

import pytest

from summarizer.errors import BadSetting
from summarizer.settings import DEFAULT_MAX_BYTES, parse_size, settings_from


def test_nothing_set_gives_the_documented_defaults() -> None:
    """A newcomer configures nothing."""
    settings = settings_from({"HOME": "/home/ana"})
    assert settings.max_bytes == DEFAULT_MAX_BYTES
    assert settings.model == "rules"
    assert settings.home.is_relative_to("/home/ana")


@pytest.mark.parametrize(
    ("environment", "home"),
    [
        ({"SUMMARIZER_HOME": "/x", "XDG_STATE_HOME": "/y", "HOME": "/z"}, "/x"),
        ({"XDG_STATE_HOME": "/y", "HOME": "/z"}, "/y/summarizer"),
        ({"SUMMARIZER_HOME": "", "XDG_STATE_HOME": "/y"}, "/y/summarizer"),
    ],
)
def test_the_own_variable_goes_before_the_platforms(environment: dict[str, str], home: str) -> None:
    """Tests, cron jobs and containers put state where they want it."""
    assert settings_from(environment).home == Path(home)


@pytest.mark.parametrize(
    ("written", "size"), [("2000", 2000), ("500k", 500_000), ("2M", 2_000_000), (" 3m ", 3_000_000)]
)
def test_sizes_may_be_written_short(written: str, size: int) -> None:
    """2M is easier to get right than a row of zeros."""
    assert parse_size("--max-bytes", written) == size


@pytest.mark.parametrize("written", ["", "0", "-1", "two", "1.5M", "M", "٣", "1e6"])
def test_an_impossible_size_names_the_setting(written: str) -> None:
    """ "invalid literal for int()" helps nobody."""
    with pytest.raises(BadSetting, match="--max-bytes"):
        parse_size("--max-bytes", written)


def test_a_bad_variable_is_named() -> None:
    """The user has to know which of many variables is meant."""
    with pytest.raises(BadSetting, match="SUMMARIZER_MAX_BYTES"):
        settings_from({"SUMMARIZER_MAX_BYTES": "lots"})
