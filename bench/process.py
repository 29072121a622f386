"""What the server's processes use, read from the kernel."""

import os
from pathlib import Path

from harness.pids import command_line, group
from harness.processes import Easel

TICK = 1000 / os.sysconf("SC_CLK_TCK")  # ms


def servers(easel: Easel) -> list[int]:
    """The processes that serve: the web processes and the deployment, but not the parent that started them."""
    leaders = [easel.program.pid, *(other.pid for other in easel.others if other.process)]
    pids = [pid for leader in leaders for pid in group(leader)]
    return [pid for pid in pids if "-m app" in command_line(pid) or "embedded/main.ts" in command_line(pid)]


def memory(pid: int) -> float:
    """MB that are resident."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def processor(pid: int) -> float:
    """ms of processor time since it started."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) * TICK
