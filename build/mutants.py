"""Compares the mutants that no test killed with those that a page explains.

  mutants.py docs/mutants.md core/target/pit-reports/mutations.csv ...

Rows of the page's tables begin with class, method, mutation and how many of it. Exit 1 where a report has more of a kind than
are explained; what is explained and survives no more is named, and is no fault.
"""

import collections
import csv
import re
import sys

KILLED = {"KILLED", "TIMED_OUT", "MEMORY_ERROR", "RUN_ERROR", "NON_VIABLE"}
ROW = re.compile(r"\| `([\w.$]+)` \| `([\w<>]+)` \| (\w+) \| (\d+) \|")


def survivors(path: str) -> collections.Counter:
    """How many of each kind survive in a report, a kind being class, method and mutation."""
    found = collections.Counter()
    with open(path, encoding="utf-8", newline="") as file:
        for _, name, mutator, method, _, state, *_ in csv.reader(file):
            if state not in KILLED:
                # A lambda belongs to the method that it is written in.
                written = re.sub(r"^lambda\$(\w+)\$\d+$", r"\1", method)
                kind = re.sub(r"Mutator$", "", mutator.rsplit(".", 1)[-1])
                found[name.removeprefix("io.keyturn."), written, kind] += 1
    return found


def explained(path: str) -> collections.Counter:
    rows = collections.Counter()
    with open(path, encoding="utf-8") as file:
        for line in file:
            row = ROW.match(line)
            if row:
                rows[row[1], row[2], row[3]] += int(row[4])
    return rows


def main() -> int:
    known = explained(sys.argv[1])
    found = collections.Counter()
    for path in sys.argv[2:]:
        found += survivors(path)
    for kind, count in sorted((known - found).items()):
        print(f"mutants: {count} explained and gone: {' '.join(kind)}")
    new = found - known
    for kind, count in sorted(new.items()):
        print(f"mutants: {count} not explained in {sys.argv[1]}: {' '.join(kind)}")
    print(f"mutants: {found.total()} survive, {new.total()} of them not explained")
    return 1 if new else 0


sys.exit(main())
