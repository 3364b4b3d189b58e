"""briefing.toml: what init writes is right, and what people get wrong is told with line, key and way out."""

from __future__ import annotations

import re
import traceback
from pathlib import Path

import pytest
from command import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.briefing.config import Briefing
from summarizer.briefing.config_reading import line_of, parse_briefing, read_briefing
from summarizer.briefing.secrets import ping_address, smtp_settings
from summarizer.cli.briefing import app
from summarizer.cli.briefing_work import template_text
from summarizer.errors import BadBriefing, BadSetting

PATH = Path("briefing.toml")
PASSWORD = "hunter2-s3cret"


def read(text: str) -> Briefing:
    return parse_briefing(text, PATH)


def changed(old: str, new: str) -> str:
    """The template with one thing changed."""
    text = template_text()
    assert old in text
    return text.replace(old, new, 1)


def problems(text: str) -> list[str]:
    with pytest.raises(BadBriefing) as caught:
        read(text)
    return [str(one) for one in caught.value.problems]


def line(text: str, words: str) -> int:
    """The number of the line with these words."""
    return next(number for number, one in enumerate(text.splitlines(), 1) if words in one)


def test_what_init_writes_is_right_and_explains_every_key() -> None:
    """A newcomer edits it; a key that isn't in it is a key that nobody finds."""
    text = template_text()
    briefing = read(text)
    assert briefing.shown()["schedule"]["zone"] == "Europe/Berlin"
    for name, section in Briefing.model_fields.items():
        if name == "path":
            continue
        assert f"[{section.alias or name}]" in text
    keys = [
        field.alias or name
        for part in (briefing.general, briefing.mail, briefing.smtp, briefing.limits, briefing.network)
        for name, field in type(part).model_fields.items()
    ]
    assert [key for key in keys if f"{key} = " not in text and f"{key}=" not in text] == [
        "language",
        "ca_file",
        "helo",
    ]
    uncommented = "\n".join(one.removeprefix("# ") if " = " in one[:30] else one for one in text.splitlines())
    assert "quiet = " in uncommented


@pytest.mark.parametrize(
    ("old", "new", "at", "said"),
    [
        ('time = "07:00"', 'time = "7 am"', "7 am", 'schedule.time must be a time of day as in "07:00"'),
        ('zone = "Europe/Berlin"', 'zone = "Europe/Berln"', "Berln", "did you mean Europe/Berlin"),
        ('zone = "Europe/Berlin"', 'zone = "CET+1"', "CET+1", "schedule.zone is no zone"),
        ("port = 587", 'port = "587"', '"587"', "smtp.port must be a whole number"),
        ("port = 587", "port = 70000", "70000", "smtp.port must be less than or equal to 65535"),
        ("port = 587", "prot = 587", "prot", "smtp.prot is no key that a briefing has. Did you mean port?"),
        ('host = "smtp', 'topics = []\nhost = "smtp', "topics = []", "It belongs to [briefing]."),
        ('security = "starttls"', 'security = "ssl"', '"ssl"', "'starttls', 'tls' or 'none'"),
        ('"reader@example.org"', '"reader@"', '"reader@"', "mail.to[1] must be an address as in"),
        ('"reader@example.org"', '"a@example.org\\r\\nBcc: x@y.z"', "Bcc", "mail.to[1] "),
        ('name = "daily"', 'name = "my daily"', "my daily", "briefing.name must be a short name"),
        ('kind = "feed"', 'kind = "rss"', '"rss"', "source[1].kind must be 'feed'"),
        ('"https://feeds', '"feeds', '"feeds', "source[1].location must be an address that begins"),
        ('days = ["mon",', 'days = ["moonday", "mon",', "moonday", "schedule.days[1] must be"),
        ('name = "rules"', 'name = "gpt-5"', "[model]", "has no engine of that name"),
        ("[smtp]", "[smtpx]", "[smtpx]", "smtpx is no key that a briefing has. Did you mean smtp?"),
        ('password_env = "SMTP_PASSWORD"', "", "[smtp]", "has a user and no password"),
        ('user = "briefing@example.org"', "", "[smtp]", "has a password and no user"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line_and_the_way_out(old: str, new: str, at: str, said: str) -> None:
    """Whoever sets it up at night must find the place at once."""
    text = changed(old, new)
    told = [one for one in problems(text) if said in one]
    assert len(told) == 1
    assert told[0].startswith(f"briefing.toml:{line(text, at)}: ")


def test_all_mistakes_are_told_at_once_in_their_order() -> None:
    """One run, one list; not one mistake a try."""
    text = (
        changed("port = 587", "port = -1").replace('time = "07:00"', "time = 7").replace("[model]", "[modle]")
    )
    numbers = [int(one.split(":")[1]) for one in problems(text)]
    assert len(numbers) == 3
    assert numbers == sorted(numbers)


def test_missing_sections_are_named() -> None:
    """An empty file needs no guessing."""
    told = problems("")
    assert [one.split()[1] for one in told] == ["source", "schedule", "mail", "smtp"]
    assert "Add a [[source]] with kind and location." in told[0]


@pytest.mark.parametrize("text", ["[smtp\n", 'a = "\n', "a = 1\na = 2\n", "= 3\n", 'x = "\x01"\n'])
def test_a_file_that_is_no_toml_is_told_with_its_line(text: str) -> None:
    """tomllib's messages count columns; people want the line."""
    (told,) = problems(text)
    assert told.startswith("briefing.toml:")
    assert "is no TOML here" in told


def test_a_missing_file_says_how_to_get_one(tmp_path: Path) -> None:
    """The first thing that happens to a newcomer."""
    with pytest.raises(BadBriefing, match=r"there is no such file\. `summarizer briefing init --config"):
        read_briefing(tmp_path / "briefing.toml")


@given(st.integers(0, 60), st.integers(0, 60), st.booleans())
@settings(max_examples=25, deadline=None)
def test_lines_of_keys_are_found_among_comments_lists_and_tables(
    before: int, inside: int, inline: bool
) -> None:
    """However the file is laid out, the line is the one that an editor shows."""
    comments = "# x = 1\n\n" * before
    to = '["a",\n' + "# b\n" * inside + '"zebra"]' if not inline else '["a", "zebra"]'
    text = f"{comments}[mail]\nfrom = 1\nto = {to}\n[[source]]\nkind = 1\n[[source]]\nkind = 2\n"
    lines = text.splitlines()
    assert lines[(line_of(text, ("mail", "from")) or 0) - 1] == "from = 1"
    assert "zebra" in lines[(line_of(text, ("mail", "to", 1)) or 0) - 1]
    assert lines[(line_of(text, ("source", 1, "kind")) or 0) - 1] == "kind = 2"
    assert line_of(text, ("smtp", "port")) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('password_env = "SMTP_PASSWORD"', f'password = "{PASSWORD}"'),
        ('password_env = "SMTP_PASSWORD"', f'passwd = "{PASSWORD}"'),
        ('password_env = "SMTP_PASSWORD"', f'password_env = "{PASSWORD}"'),
        ("[smtp]", f'[healthcheck]\nurl = "https://hc.example/{PASSWORD}"\n[smtp]'),
        ("[model]", f'[model]\napi_key = "{PASSWORD}"'),
        ('host = "smtp', f'host = {PASSWORD}"smtp'),
        ('"https://feeds', f'"ftp://reader:{PASSWORD}@feeds'),
    ],
)  # fmt: skip
def test_a_secret_in_the_wrong_place_is_not_repeated(old: str, new: str) -> None:
    """Errors end in logs, tickets and mails; so do tracebacks."""
    with pytest.raises(BadBriefing) as caught:
        read(changed(old, new))
    said = "".join(traceback.format_exception(caught.value))
    assert PASSWORD not in said


def test_secrets_come_from_environment_file_or_credentials(tmp_path: Path) -> None:
    """systemd's credentials go before a file of the same name; nothing shows what was found."""
    text = template_text()
    briefing = parse_briefing(text, tmp_path / "briefing.toml")
    found = smtp_settings(briefing, {"SMTP_PASSWORD": f" {PASSWORD}\n"})
    assert found.password == PASSWORD
    assert PASSWORD not in f"{found!r} {found} {briefing!r} {briefing.shown()}"
    of_file = parse_briefing(
        text.replace('password_env = "SMTP_PASSWORD"', 'password_file = "smtp-password"'),
        tmp_path / "briefing.toml",
    )
    with pytest.raises(BadSetting, match=r"smtp.password_file=.*can't be read"):
        smtp_settings(of_file, {})
    (tmp_path / "smtp-password").write_text("of-the-file\n")
    assert smtp_settings(of_file, {}).password == "of-the-file"
    credentials = tmp_path / "credentials"
    credentials.mkdir()
    (credentials / "smtp-password").write_text(PASSWORD)
    assert smtp_settings(of_file, {"CREDENTIALS_DIRECTORY": str(credentials)}).password == PASSWORD


@pytest.mark.parametrize("content", ["", "\n", f"user\n{PASSWORD}\n", b"\xff\xfe\x00"])
def test_a_file_that_cannot_be_a_secret_is_refused_unseen(tmp_path: Path, content: str | bytes) -> None:
    """A whole .netrc, or an empty file from a failed deployment."""
    text = template_text().replace('password_env = "SMTP_PASSWORD"', 'password_file = "secret"')
    (tmp_path / "secret").write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(BadSetting) as caught:
        smtp_settings(parse_briefing(text, tmp_path / "briefing.toml"), {})
    assert PASSWORD not in "".join(traceback.format_exception(caught.value))


def test_a_missing_secret_names_the_variable() -> None:
    """And a password that was written where the variable's name belongs is not repeated."""
    with pytest.raises(BadSetting, match=r"smtp\.password_env='SMTP_PASSWORD'"):
        smtp_settings(read(template_text()), {})
    with pytest.raises(BadSetting) as caught:
        smtp_settings(read(changed('"SMTP_PASSWORD"', '"hunter2"')), {})
    assert "hunter2" not in str(caught.value)


def test_a_ping_address_is_a_secret_of_the_web() -> None:
    """Whoever has it can silence the alarm."""
    briefing = read(template_text() + '\n[healthcheck]\nurl_env = "HC"\n')
    found = ping_address(briefing, {"HC": "https://hc.example/uuid"})
    assert found is not None
    assert "uuid" not in repr(found)
    with pytest.raises(BadSetting) as caught:
        ping_address(briefing, {"HC": "hc.example/uuid"})
    assert "uuid" not in str(caught.value)
    assert ping_address(read(template_text()), {}) is None


def test_passwords_in_addresses_of_feeds_are_not_shown() -> None:
    """They are in the file for the server, and for nobody else."""
    briefing = read(changed('"https://feeds', f'"https://reader:{PASSWORD}@feeds'))
    assert PASSWORD not in str(briefing.shown())
    assert briefing.sources[0].location.startswith(f"https://reader:{PASSWORD}@")


def test_the_documentation_names_every_command_and_exit_code() -> None:
    """What the page promises is there; what is there is on the page."""
    page = (ROOT / "docs" / "briefing.md").read_text(encoding="utf-8")
    names = [command.name or getattr(command.callback, "__name__", "") for command in app.registered_commands]
    assert names == ["init", "run", "status", "resend", "correct", "schedule", "serve"]
    assert [name for name in names if f"briefing {name}" not in page] == []
    options = {
        word for word in re.findall(r"(?<=\s)--[a-z][a-z0-9-]+", page) if not word.startswith("--from")
    }
    declared = (ROOT / "summarizer" / "cli" / "briefing.py").read_text(encoding="utf-8")
    foreign = {"--now", "--no-cache-dir"}
    assert [one for one in sorted(options - foreign) if f'"{one}"' not in declared] == []
