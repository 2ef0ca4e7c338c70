#!/usr/bin/env python3
"""Runs a command and writes to FILE: seconds elapsed, seconds of processor time, and MiB of memory at the most.

    timed.py FILE COMMAND...
"""
import os
import subprocess
import sys
import time


def main():
    out, command = sys.argv[1], sys.argv[2:]
    begun = time.monotonic()
    process = subprocess.Popen(command)
    _, status, usage = os.wait4(process.pid, 0)
    elapsed = time.monotonic() - begun
    with open(out, "w", encoding="ascii") as file:
        print(f"{elapsed:.2f} {usage.ru_utime + usage.ru_stime:.2f} {usage.ru_maxrss // 1024}", file=file)
    return os.waitstatus_to_exitcode(status)


sys.exit(main())
