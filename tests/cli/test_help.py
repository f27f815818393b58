"""Every command explains itself."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from tracker.cli import main

COMMANDS = (
    "serve",
    "migrate",
    "demo",
    "import",
    "export",
    "summary",
    "invite-administrator",
    "reset-second-step",
    "sign-out",
    "audit",
    "keys",
    "purge",
    "backup",
    "restore",
    "doctor",
    "scheduler",
)


def test_the_list_is_complete_and_each_line_says_what_the_command_does() -> None:
    out = CliRunner().invoke(main, ["--help"]).output
    listed = dict(line.split(maxsplit=1) for line in out.partition("Commands:\n")[2].splitlines())
    assert set(listed) == set(COMMANDS)
    assert all(text.endswith(".") and not text.endswith("...") for text in listed.values())


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_needs_no_configuration(command: str, option: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "nonsense")
    result = CliRunner().invoke(main, [command, option])
    assert result.exit_code == 0
    assert f" {command} [OPTIONS]" in result.output
    assert len(result.output.split()) > 15


def test_an_unknown_command_or_option_is_status_2() -> None:
    assert CliRunner().invoke(main, ["exprot"]).exit_code == 2
    assert CliRunner().invoke(main, ["export", "--everything"]).exit_code == 2
