"""Runs the cases of the benchmark; see run."""

import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

HOME = sys.argv[1]
KEYTURN = os.path.join(HOME, "keyturn")
RUNS = int(os.environ.get("RUNS", "3"))
AGES_ONLY = "read: live\npolicies:\n  - name: all\n    age: {warn: 75d, expire: 90d}\n"


class World:
    """A simulated AWS in a process of its own."""

    def __init__(self, *options: str, latency: str = "30ms", pinned: tuple = ()):
        command = [*pinned, KEYTURN, "sandbox", "--latency", latency, "--report-delay", "2s", *options]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.env = dict(os.environ)
        while not all(name in self.env for name in ("AWS_ENDPOINT_URL", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")) or (
            self.env["AWS_ENDPOINT_URL"] == os.environ.get("AWS_ENDPOINT_URL")
        ):
            line = self.process.stdout.readline()
            if not line:
                raise SystemExit("bench: the simulated AWS did not start")
            said = re.match(r"export (\w+)=(\S+)", line)
            if said:
                self.env[said[1]] = said[2].strip("'\"")
        self.env.setdefault("AWS_REGION", "us-east-1")
        self.env["AWS_DEFAULT_REGION"] = "us-east-1"

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()


def measure(command: list, env: dict) -> tuple:
    """Wall seconds, peak resident MiB and exit code of one run; its output is read and dropped."""
    start = time.monotonic()
    child = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    errors = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.monotonic() - start
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, 1):
        sys.stderr.write(errors.decode()[-2000:])
    return wall, usage.ru_maxrss / 1024, code


def report(name: str, command: list, env: dict, fresh_world=None) -> None:
    rows = []
    for _ in range(RUNS):
        world = fresh_world() if fresh_world else None
        rows.append(measure(command, world.env if world else env))
        if world:
            world.stop()
    wall = statistics.median(row[0] for row in rows)
    memory = max(row[1] for row in rows)
    codes = sorted({row[2] for row in rows})
    runs = " ".join(f"{row[0]:.2f}" for row in rows)
    print(f"{name:44} {wall:7.2f} s  {memory:6.0f} MiB  exit {codes}  runs: {runs}", flush=True)


def sandbox_speed(python: str) -> None:
    """How fast the simulated AWS itself answers small calls on one core."""
    pinned = ("taskset", "-c", "0") if shutil.which("taskset") else ()
    world = World("--accounts", "1", "--users", "1000", latency="0ms", pinned=pinned)
    load = [python, os.path.join(HOME, "bench", "sandbox_load.py"), str(world.process.pid), "5", "16"]
    try:
        for _ in range(RUNS):
            subprocess.run(load, env=world.env, check=True)
    finally:
        world.stop()


def scan(folder: str, *options: str) -> list:
    return [KEYTURN, "scan", "--output", "json", *options]


def config(folder: str, text: str) -> str:
    path = os.path.join(folder, f"keyturn-{abs(hash(text))}.yaml")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text + f"store: {folder}/cold-{time.monotonic_ns()}.db\n")
    return path


def main() -> None:
    wanted = sys.argv[2:] or ["report", "live", "fresh", "organization", "small", "sandbox"]
    python = sys.executable
    boto3 = os.path.join(HOME, "bench", "boto3_reader.py")
    aws = os.path.join(os.path.dirname(python), "aws")
    subprocess.run([KEYTURN, "--version"], check=True, stdout=subprocess.DEVNULL)
    with tempfile.TemporaryDirectory() as folder:
        one = lambda: World("--accounts", "1", "--users", "5000", "--at-risk", "0.05")
        if "report" in wanted:
            report("5,000 users by report, with IDs", scan(folder, "--read", "report"), {}, one)
            report("  boto3 by report, without IDs", [python, boto3, "report"], {}, one)
        if "live" in wanted:
            report("5,000 users live, ages only", scan(folder, "--config", config(folder, AGES_ONLY)), {}, one)
            report("  boto3 live, 64 threads", [python, boto3, "live"], {}, one)
        if "fresh" in wanted:
            world = one()
            measure(scan(folder, "--read", "report"), world.env)
            report("5,000 users, report still fresh", scan(folder, "--read", "report"), world.env)
            world.stop()
        if "organization" in wanted:
            text = "accounts:\n  - organization: {role: keyturn-read}\nread: report\n"
            for accounts in (100, 1000):
                many = lambda: World("--accounts", str(accounts), "--users", str(accounts * 200), "--at-risk", "0.05")
                report(f"{accounts} accounts of 200 users", scan(folder, "--config", config(folder, text)), {}, many)
        if "small" in wanted:
            world = World("--accounts", "1", "--users", "10")
            report("10 users, whole process", scan(folder), world.env)
            report("  aws iam list-users", [aws, "iam", "list-users"], world.env)
            report("--help", [KEYTURN, "--help"], world.env)
            report("--version", [KEYTURN, "--version"], world.env)
            world.stop()
        if "sandbox" in wanted:
            sandbox_speed(python)


main()
