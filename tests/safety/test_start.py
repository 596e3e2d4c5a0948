"""What is loaded to show the first page: nothing that only later pages, or other commands, need."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

from needs import ROOT

LIST = Path(__file__).with_name("loaded_at_start.txt")
ACCEPTED = {line.split()[0] for line in LIST.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"}
# As `ntmgraph serve` begins, up to what a browser asks for: the frame, then menu and page of the overview.
START = """
import json, sys
before = set(sys.modules)
import ntmgraph.cli.commands
from pathlib import Path
from ntmgraph.workspace import Workspace
import dash_app.server
from dash_app.app import make_app

def body(*outputs):
    listed = [{"id": id, "property": "children"} for id in outputs]
    name = f"..{'...'.join(f'{id}.children' for id in outputs)}.." if len(outputs) > 1 else f"{outputs[0]}.children"
    return {
        "output": name,
        "outputs": listed if len(outputs) > 1 else listed[0],
        "inputs": [{"id": "asked", "property": "data", "value": ["/", ""]}],
        "state": [{"id": "url", "property": "search", "value": ""}],
        "changedPropIds": ["asked.data"],
    }

with Workspace.open(Path(sys.argv[1])) as workspace:
    browser = make_app(workspace).server.test_client()
    for path in ("/", "/_dash-layout", "/_dash-dependencies"):
        assert browser.get(path).status_code == 200
    for outputs in (("menu", "bar"), ("page",)):
        answer = browser.post("/_dash-update-component", json=body(*outputs))
        assert answer.status_code == 200, answer.text
print(answer.get_data(as_text=True))
print(json.dumps(sorted({name.partition(".")[0] for name in set(sys.modules) - before} - set(sys.stdlib_module_names))))
"""


def test_the_first_page_loads_no_more_than_the_list(samples: Path, tmp_path: Path):
    workspace = shutil.copytree(samples, tmp_path / "workspace")
    command = (sys.executable, "-X", "importtime", "-c", START, str(workspace))
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr[-2000:]
    page, loaded = ran.stdout.splitlines()
    assert "Cao Bằng" in json.dumps(json.loads(page), ensure_ascii=False)
    surplus = [name for name in json.loads(loaded) if name not in ACCEPTED and not name.startswith("_")]
    assert {name: chain(name, ran.stderr) for name in surplus} == {}


def chain(name: str, times: str) -> str:
    """Return who imported a module and who imported that, as -X importtime tells it: the importer stands below."""
    lines = re.findall(r"^import time:.*\| ( *)(\S+)$", times, re.M)
    names = [module for _, module in lines]
    if name not in names:
        return "by what is not known"
    at = names.index(name)
    depth, found = len(lines[at][0]), [name]
    for indent, module in lines[at + 1 :]:
        if len(indent) < depth:
            found.append(module)
            depth = len(indent)
        if not depth:
            break
    return " <- ".join(found)
