"""Who may do what: the web process and the functions must give everybody the same role, whatever is set."""

import itertools
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal, get_args

import pytest

from app.hub.access import Access, Role, Visibility
from tests.unit.feed import Ana

ROOT = Path(__file__).parent.parent.parent.parent
MEMBERS: list[Role | Literal["removed"] | None] = [None, "removed", *get_args(Role)]
CASES = list(itertools.product(MEMBERS, get_args(Visibility), (False, True)))
SCRIPT = """
import { effectiveRole } from "./convex/model/role.ts";
const cases = JSON.parse(process.argv[1]);
const roles = cases.map(([member, visibility, presenting]) => effectiveRole(member, { visibility, presenting }));
console.log(JSON.stringify(roles));
"""


def access(member: Role | Literal["removed"] | None, visibility: Visibility, presenting: bool) -> Access:
    ana = Ana().identifier
    if member == "removed":
        return Access("A board", visibility, presenting, {}, frozenset([ana]))
    return Access("A board", visibility, presenting, {ana: member} if member else {})


def output(command: list[Any], text: str = "") -> str:
    run = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, input=text, text=True, timeout=60)
    return run.stdout


def run_bundled(source: str, cases: Any) -> Any:
    """What this script prints, which imports functions, for these cases."""
    node = Path(sys.executable).parent / "node"
    esbuild = [ROOT / "node_modules/esbuild/bin/esbuild", "--bundle", "--platform=node", "--loader=ts"]
    return json.loads(output([node, "-e", output([node, *esbuild], source), json.dumps(cases)]))


def test_the_web_process_and_the_functions_give_the_same_roles() -> None:
    theirs = run_bundled(SCRIPT, CASES)
    ours = [access(member, visibility, presenting).role_of(Ana()) for member, visibility, presenting in CASES]
    assert ours == theirs


SEES = """
import { effectiveRole, seesHistory } from "./convex/model/role.ts";
const sees = JSON.parse(process.argv[1]).map(([member, visibility, presenting, historyOpen]) => {
  const given = member === "removed" ? null : member;
  return effectiveRole(member, { visibility, presenting }) !== null && seesHistory(given, { historyOpen });
});
console.log(JSON.stringify(sees));
"""


def test_both_sides_show_the_history_to_the_same_people() -> None:
    cases = [(*case, open) for case in CASES for open in (False, True)]
    theirs = run_bundled(SEES, cases)
    ours = [
        replace(access(member, visibility, presenting), historyOpen=open).sees_history(Ana())
        for member, visibility, presenting, open in cases
    ]
    assert ours == theirs
    shown = {case for case, sees in zip(cases, ours, strict=True) if sees}
    assert {member for member, _, _, open in shown if not open} == {"owner", "editor"}


@pytest.mark.parametrize(
    ("visibility", "presenting", "expected"),
    [
        ("private", False, None),
        ("private", True, None),
        ("link-view", False, "viewer"),
        ("link-edit", False, "viewer"),
        ("link-edit", True, "viewer"),
    ],
)
def test_nobody_without_a_session_is_more_than_a_viewer(
    visibility: Visibility, presenting: bool, expected: str | None
) -> None:
    assert access("owner", visibility, presenting).role_of(None) == expected


@pytest.mark.parametrize(("role", "held"), [("viewer", "viewer"), ("editor", "editor"), ("removed", None)])
@pytest.mark.parametrize("visibility", ["link-view", "link-edit"])
def test_what_a_person_was_given_holds_whatever_the_link_gives(role: Any, held: Any, visibility: Any) -> None:
    assert access(role, visibility, False).role_of(Ana()) == held


def test_a_wire_form_becomes_an_access() -> None:
    wire: dict[str, Any] = {"title": "T", "visibility": "link-view", "presenting": True}
    ana = {"user": Ana().identifier, "role": "editor", "name": "Ana"}
    found = Access.from_wire(wire | {"members": [ana], "removed": ["eve"]})
    assert found.removed == {"eve"}
    assert (found.role_of(Ana()), found.member(Ana()), found.presenting) == ("viewer", "editor", True)
