"""Finding what to undo by reading everything: a few rows are read, of long logs and of logs of earlier versions too."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

ROOT = Path(__file__).parent.parent.parent
MOST = 4  # documents that one undo reads to find its row, and what comes under it

# One person's log in memory, behind as much of a database as model/history.ts asks.
SCRIPT = """
import { after, keep, top } from "./convex/model/history.ts";
const whose = { boardId: "b", author: "a" };

function world() {
  let [rows, kept, reads, ts] = [[], null, 0, 0n];
  const counted = (row) => { reads += row ? 1 : 0; return row ?? null; };
  const ranged = (range) => {
    let [low, high] = [0n, 1n << 62n];
    const q = { eq: () => q, gt: (_, value) => ((low = value), q), lt: (_, value) => ((high = value), q) };
    range(q);
    return rows.filter((row) => row.ts > low && row.ts < high).reverse();
  };
  const byId = async (name, range) => {
    let wanted;
    const q = { eq: (field, value) => ((wanted = field === "changeId" ? value : wanted), q) };
    range(q);
    return counted(rows.find((row) => row.changeId === wanted));
  };
  const newest = (range) => ({
    first: async () => counted(ranged(range)[0]),
    async *[Symbol.asyncIterator]() { for (const row of ranged(range)) yield counted(row); },
  });
  const changes = (name, range) => ({ order: () => newest(range), unique: () => byId(name, range) });
  const histories = () => ({ unique: async () => counted(kept) });
  return {
    db: {
      vars: { get commitTs() { return ts; } },
      query: (table) => ({ withIndex: table === "changes" ? changes : histories }),
      get: async (_, id) => counted(rows.find((row) => row._id === id)),
      replace: async (_, id, row) => void (kept = { _id: id, ...row }),
      insert: async (_, row) => void (kept = { _id: "history", ...row }),
    },
    begin() { ts++; reads = 0; },
    add(row) {
      const made = { ...whose, _id: `row${ts}`, changeId: `id${ts}`, ts, ops: [], ...row };
      rows.push(made);
      return made;
    },
    age() { rows = rows.map(({ change, next, ...row }) => row); kept = null; },
    get reads() { return reads; },
  };
}

async function play(steps) {
  const log = world();
  const told = [];
  for (const step of steps) {
    log.begin();
    const redo = step === "redo";
    if (step === "old") log.age();
    else if (step === "change") told.push(log.add({}).changeId);
    else {
      const row = await top(log, whose, redo);
      const about = row && (await after(log, whose, row, redo));
      const { reads } = log;
      const made = row && log.add({ undoes: row.changeId, redo, ...about });
      if (row) await keep(log, whose, redo, made._id, about);
      told.push([row && row.changeId, reads, made && made.changeId]);
    }
  }
  return told;
}

const games = JSON.parse(process.argv[2]);
console.log(JSON.stringify(await Promise.all(games.map(play))));
"""


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    node = Path(sys.executable).parent / "node"
    out = tmp_path_factory.mktemp("history") / "play.mjs"
    esbuild = ROOT / "node_modules/esbuild/bin/esbuild"
    command: list[str | Path] = [node, esbuild, "--bundle", "--platform=node", "--format=esm", "--loader=ts"]
    script = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, input=SCRIPT, text=True, timeout=60)
    out.write_text(script.stdout)
    return out


def play(bundle: Path, games: list[list[str]]) -> list[list[Any]]:
    node = Path(sys.executable).parent / "node"
    run = subprocess.run([node, bundle, json.dumps(games)], check=True, capture_output=True, text=True, timeout=120)
    played: list[list[Any]] = json.loads(run.stdout)
    return played


def check(steps: list[str], told: list[Any]) -> None:
    """Against two plain stacks of changes, and of the undos that took them back."""
    done: list[str] = []
    undone: list[tuple[str, str]] = []
    old = False
    answers = iter(told)
    for step in steps:
        if step == "old":
            old = True
            continue
        answer = next(answers)
        if step == "change":
            done, undone = [*done, answer], []
            continue
        if step == "undo":
            assert answer[0] == (done[-1] if done else None)
            if done:
                undone.append((done.pop(), answer[2]))
        else:
            assert answer[0] == (undone[-1][1] if undone else None)
            if undone:
                done.append(undone.pop()[0])
        assert old or answer[1] <= MOST, (step, answer)


STEPS = st.lists(st.sampled_from(["change", "change", "undo", "undo", "redo"]), max_size=40)


@settings(max_examples=20)
@given(st.lists(STEPS, min_size=1, max_size=20))
def test_undo_and_redo_find_what_two_stacks_would(bundle: Path, games: list[list[str]]) -> None:
    for steps, told in zip(games, play(bundle, games), strict=True):
        check(steps, told)


@settings(max_examples=20)
@given(st.lists(st.tuples(STEPS, STEPS), min_size=1, max_size=20))
def test_a_log_of_an_earlier_version_is_undone_on(bundle: Path, halves: list[tuple[list[str], list[str]]]) -> None:
    games = [[*before, "old", *after] for before, after in halves]
    for steps, told in zip(games, play(bundle, games), strict=True):
        check(steps, told)


def test_with_nothing_left_to_undo_two_documents_are_read(bundle: Path) -> None:
    [told] = play(bundle, [["change"] * 50 + ["undo"] * 60])
    assert [answer[0] for answer in told[-10:]] == [None] * 10
    assert {answer[1] for answer in told[-10:]} <= {0, 1, 2}
