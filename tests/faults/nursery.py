"""Forks one process after another from one that has loaded the site, each to do one job under strace or without.

Loading takes a second and a job a fraction of one. A child is a real process with a connection of its own; strace is
attached before it begins, so that the Nth write of a job is the same write every time.
"""

import ctypes
import gc
import json
import os
import subprocess
import sys
import traceback
from typing import Any

PR_SET_PTRACER, ANYBODY = 0x59616D61, ctypes.c_ulong(-1)


def child(order: dict[str, Any], begin: int) -> None:
    """Do the job, and leave without what a Python process does at its end. Never returns."""
    code = 70
    try:
        for number, name in ((1, "out"), (2, "err")):
            os.dup2(os.open(order[name], os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), number)
        ctypes.CDLL(None).prctl(PR_SET_PTRACER, ANYBODY)
        os.read(begin, 1)
        from films.apps import make_data_dir
        from tests.faults import jobs

        make_data_dir()  # as every program does that loads the site
        code = jobs.JOBS[order["job"]](*order["arguments"]) or 0
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else int(bool(stop.code))
        if isinstance(stop.code, str):
            sys.stderr.write(stop.code)
    except BaseException:
        traceback.print_exc()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            code = code or 71
    os._exit(code)


def carry_out(order: dict[str, Any]) -> int:
    """Run one child to its end; gives its exit code, or minus the signal that ended it."""
    begin, begins = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(begins)
        child(order, begin)
    os.close(begin)
    tracer = attach(order["strace"], pid) if order["strace"] else None
    os.write(begins, b"!")
    os.close(begins)
    _pid, status = os.waitpid(pid, 0)
    if tracer:
        tracer.communicate()
    return os.waitstatus_to_exitcode(status)


def attach(words: list[str], pid: int) -> "subprocess.Popen[bytes]":
    tracer = subprocess.Popen(["strace", *words, "-p", str(pid)], stderr=subprocess.PIPE)
    said = b""
    while b"attached" not in said:
        line = tracer.stderr.readline()  # type: ignore[union-attr]
        if not line:
            raise RuntimeError(f"strace could not attach: {said.decode()}")
        said += line
    return tracer


def main() -> None:
    import django

    django.setup()
    from django.db import connections
    from django.test.utils import setup_test_environment

    from tests.faults import jobs

    jobs.draw_nothing()
    # A browser reads a form; our jobs read its template's context, which is kept for tests only.
    setup_test_environment()
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    for line in sys.stdin:
        order = json.loads(line)
        if order["job"] == "warm":
            jobs.warm(*order["arguments"])
            connections.close_all()
            # A child that tidies up what it got from us would copy all of it.
            gc.collect()
            gc.freeze()
            code = 0
        else:
            code = carry_out(order)
        answers.write(f"{code}\n")
        answers.flush()


if __name__ == "__main__":
    main()
