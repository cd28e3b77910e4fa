# SPDX-License-Identifier: BSL-1.0
"""One run of one program: how long, and how much of the CPUs it took."""
import os
import signal
import subprocess
import tempfile
import time


class Failed(Exception):
    """A program that was to be measured did not do its work."""


def run_timed(command, environment=None, statuses=(0,)):
    """Run a program and everything it starts. Returns a sample.

    CPU seconds are those of all its threads and of the children it waited for; kernel threads that work for io_uring
    count as the program's own.
    """
    with tempfile.TemporaryFile() as complaints:
        files = [(os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                 (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
                 (os.POSIX_SPAWN_DUP2, complaints.fileno(), 2)]
        begin = time.perf_counter()
        child = os.posix_spawnp(command[0], command, environment or os.environ, file_actions=files,
                                setsigdef=[signal.SIGPIPE])
        try:
            _, status, usage = os.wait4(child, 0)
        except BaseException:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            raise
        wall = time.perf_counter() - begin
        code = os.waitstatus_to_exitcode(status)
        if code not in statuses:
            complaints.seek(0)
            text = complaints.read(2000).decode(errors="replace").strip()
            raise Failed(f"{' '.join(command)}: exit status {code}: {text}")
    return {"wall": wall, "cpu": usage.ru_utime + usage.ru_stime}


def run_untimed(*command):
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode != 0:
        raise Failed(f"{' '.join(command)}: {done.stdout.decode(errors='replace').strip()[:2000]}")
