#!/usr/bin/env python3
"""Runs clang-tidy over src/ as the release build compiles it; any finding is an error (see .clang-tidy).

Usage: scripts/tidy.py changed|all

Each file is read with its own headers, not with precompiled ones: a file that includes less than it uses is a finding too.

A file that passed is remembered under build/tidy-cache by the hash of all that decides the outcome: the file, every
header of ours that it includes, how it is compiled, .clang-tidy and the version of clang-tidy. "changed" skips the
files whose hash passed before; "all" skips none. Needs a finished release build: ninja knows what each file includes.
"""

import concurrent.futures
import hashlib
import json
import os
import pathlib
import shlex
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "release"
PASSED = ROOT / "build" / "tidy-cache"
COMMANDS = ROOT / "build" / "tidy-commands"
CLANG_TIDY = "clang-tidy-19"


def output_of(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def headers_by_object():
    """Object file -> the files of this repository that it was compiled from, as ninja recorded them."""
    headers, current = {}, None
    for line in output_of("ninja", "-C", str(BUILD), "-t", "deps").splitlines():
        if line and not line.startswith(" "):
            current = headers.setdefault(line.split(":")[0], [])
        elif line:
            path = (BUILD / line.strip()).resolve()
            if path.is_relative_to(ROOT / "src"):
                current.append(path)
    return headers


def without_precompiled(arguments):
    """The arguments of g++ without its precompiled header, which clang-tidy cannot read."""
    kept, rest = [], iter(arguments)
    for argument in rest:
        if argument == "-include":
            next(rest)
        elif argument not in ("-Winvalid-pch", "-fpch-preprocess"):
            kept.append(argument)
    return kept


def compile_commands():
    """How the release build compiles each .cpp file under src/, as clang-tidy is to see it; also written for clang-tidy."""
    entries = []
    for entry in json.loads((BUILD / "compile_commands.json").read_text()):
        if pathlib.Path(entry["file"]).is_relative_to(ROOT / "src"):
            arguments = without_precompiled(shlex.split(entry["command"]))
            entries.append({"directory": entry["directory"], "file": entry["file"], "arguments": arguments})
    COMMANDS.mkdir(parents=True, exist_ok=True)
    (COMMANDS / "compile_commands.json").write_text(json.dumps(entries))
    return entries


def units():
    """(source, hash of everything that decides whether it passes) of every .cpp file under src/."""
    shared = (ROOT / ".clang-tidy").read_bytes() + output_of(CLANG_TIDY, "--version").encode()
    headers = headers_by_object()
    for entry in compile_commands():
        source, arguments = pathlib.Path(entry["file"]), entry["arguments"]
        digest = hashlib.sha256(shared + shlex.join(arguments).encode())
        made = arguments[arguments.index("-o") + 1]
        for path in sorted({source, *headers.get(made, [])}):
            digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
        yield source, digest.hexdigest()


def lint(source):
    started = time.monotonic()
    # -w: warnings are the compilers' business; only errors and the checks of .clang-tidy count here.
    command = [CLANG_TIDY, "--quiet", "--extra-arg=-w", "-p", str(COMMANDS), str(source)]
    done = subprocess.run(command, capture_output=True, text=True)
    return done.returncode == 0, done.stdout + (done.stderr if done.returncode else ""), time.monotonic() - started


def main():
    if sys.argv[1:] not in (["changed"], ["all"]):
        sys.exit(__doc__)
    PASSED.mkdir(parents=True, exist_ok=True)
    everything = list(units())
    todo = [(s, h) for s, h in everything if sys.argv[1] == "all" or not (PASSED / h).exists()]
    print(f"{len(todo)} of {len(everything)} files to lint")

    failed = []
    jobs = int(os.environ.get("CMAKE_BUILD_PARALLEL_LEVEL") or os.cpu_count())
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        runs = {pool.submit(lint, source): (source, key) for source, key in todo}
        for number, run in enumerate(concurrent.futures.as_completed(runs), 1):
            (source, key), (passed, findings, seconds) = runs[run], run.result()
            name = source.relative_to(ROOT)
            print(f"[{number}/{len(runs)}] {name} ({seconds:.1f} s)", flush=True)
            if passed:
                (PASSED / key).touch()
            else:
                failed.append((name, findings))
    for name, findings in failed:
        print(f"\n{name}:\n{findings}")
    if failed:
        sys.exit(f"{len(failed)} files have findings")


if __name__ == "__main__":
    main()
