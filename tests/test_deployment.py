"""What administrators run: container, compose file and systemd unit name files, commands and routes that there are."""

from __future__ import annotations

import configparser
import json
import re
import shlex
from pathlib import Path

import pytest
import yaml
from starlette.testclient import TestClient

from parley.ui.access.callers import Callers
from parley.ui.cli.main import build_parser
from parley.ui.server.application import build_application
from tests.conftest import ROOT
from tests.ui.small_assistant import SmallAssistant

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]["parley"]


def _instructions(name: str) -> list[str]:
    return re.findall(rf"^ *{name} +(.+)$", DOCKERFILE, re.MULTILINE)


def _kept(name: str) -> bool:
    """Whether .dockerignore lets a file through."""
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    return f"!{name.split('/', maxsplit=1)[0]}" in lines


def test_the_image_copies_what_there_is() -> None:
    sources = [part for line in _instructions("COPY") if "--from" not in line for part in line.split()[:-1]]
    assert {"pyproject.toml", "locks/run.txt", "index", "ui"} <= set(sources)
    missing = [name for name in sources if not name.startswith("wheels") and not ((ROOT / name).exists() and _kept(name))]
    assert missing == []


def test_the_image_serves_as_a_user_of_its_own_from_its_volume() -> None:
    assert _instructions("USER")[-1] == "parley"
    command = json.loads(_instructions("CMD")[-1])
    parsed = build_parser().parse_args(command)
    assert (parsed.command.name, parsed.host) == ("serve", "0.0.0.0")
    assert parsed.library.startswith(_instructions("VOLUME")[0] + "/")
    assert str(parsed.port) in _instructions("EXPOSE")


def test_compose_opens_the_port_on_this_machine_only_and_asks_for_a_token() -> None:
    assert COMPOSE["ports"] == ["127.0.0.1:7860:7860"]
    assert COMPOSE["environment"]["PARLEY_TOKEN"].startswith("${PARLEY_TOKEN:?")
    assert COMPOSE["volumes"] == ["library:/data"]


def test_the_unit_starts_a_command_that_there_is() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[method-assign, assignment]
    unit.read(ROOT / "packaging/parley.service", encoding="utf-8")
    _, *arguments = shlex.split(unit["Service"]["ExecStart"])
    parsed = build_parser().parse_args(arguments)
    assert parsed.command.name == "serve"
    assert parsed.library.startswith(f"/var/lib/{unit['Service']['StateDirectory']}/")
    assert (unit["Service"]["IPAddressDeny"], unit["Service"]["IPAddressAllow"]) == ("any", "localhost")


@pytest.mark.parametrize("token", ["", "secret-token"])
def test_the_health_of_the_server_can_be_asked_without_a_token(token: str, tmp_path: Path) -> None:
    health = re.search(r"http://127\.0\.0\.1:7860(/\w+)", DOCKERFILE)
    assert health is not None
    application = build_application(SmallAssistant(tmp_path / "library"), callers=Callers(token=token))
    with TestClient(application, base_url="http://127.0.0.1:7860") as client:
        assert client.get(health[1]).json()["status"] == "ok"
        assert client.get("/api/v1/documents").status_code == (401 if token else 200)
