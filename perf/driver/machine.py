# SPDX-License-Identifier: BSL-1.0
"""What is to be known about the machine and the peers to make sense of the numbers."""
import os
import platform
import re
import subprocess

PEERS = {"cp": ["cp", "--version"], "rsync": ["rsync", "--version"], "tar": ["tar", "--version"],
         "find": ["find", "--version"], "bfs": ["bfs", "--version"], "rm": ["rm", "--version"]}


def read(path):
    try:
        with open(path, encoding="utf-8", errors="replace") as f:
            return f.read().strip()
    except OSError:
        return ""


def first_line(command):
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    except OSError:
        return "not installed"
    lines = (done.stdout or done.stderr).splitlines()
    return re.sub(r"\s+", " ", lines[0]) if lines else ""


def facts(arsync):
    """The machine, the kernel, the versions of what is compared."""
    cpu = re.search(r"^model name\s*: (.*)$", read("/proc/cpuinfo"), re.MULTILINE)
    memory = re.search(r"^MemTotal:\s*(\d+)", read("/proc/meminfo"), re.MULTILINE)
    return {
        "kernel": platform.release(),
        "cpu": cpu[1] if cpu else platform.machine(),
        "cpus_used": sorted(os.sched_getaffinity(0)),
        "memory_kb": int(memory[1]) if memory else 0,
        "virtual": "hypervisor" in read("/proc/cpuinfo").split("flags", 1)[-1].split("\n", 1)[0],
        "scheduler_packs": bool(re.search(r"\bsched_vcpu_pack=[1-9]", read("/proc/cmdline"))),
        "load_at_begin": os.getloadavg()[0],
        "peers": {name: first_line(command) for name, command in PEERS.items()},
        "arsync": first_line([arsync, "--version"]),
        "commit": first_line(["git", "-C", os.path.dirname(os.path.abspath(__file__)), "describe", "--always",
                              "--dirty"]),
    }


def two_cpus():
    """Keep this process, and so all that it starts, on two CPUs, where there are as many."""
    allowed = sorted(os.sched_getaffinity(0))[:2]
    os.sched_setaffinity(0, allowed)
    return allowed
