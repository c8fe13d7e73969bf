"""Runs the cases of the benchmark, and prints each with its limit, its verdict and its peers; see run."""

import os
import re
import signal
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass, field

HOME = sys.argv[1]
KEYTURN = os.path.join(HOME, "keyturn")
RUNS = int(os.environ.get("RUNS", "3"))
AGES_ONLY = "read: live\npolicies:\n  - name: all\n    age: {warn: 75d, expire: 90d}\n"
DETAILS = """read: live
owners:
  - tag: Email
policies:
  - name: all
    age: {warn: 75d, expire: 90d}
    idle: {warn: 30d, expire: 45d}
"""
ROTATIONS = """first-notice: none
read: live
stages:
  - {stage: enforce}
owners:
  - default: {email: security@example.com}
policies:
  - name: all
    age: {warn: 75d, expire: 90d, on-warn: [], on-expire: [rotate]}
    rotate:
      deliver: {to: secrets-manager, readers: ["arn:${partition}:iam::${account}:role/keyturn-read"]}
"""
FORECAST = """read: report
stages:
  - {stage: enforce}
owners:
  - default: {email: security@example.com}
policies:
  - name: all
    age: {warn: 75d, expire: 90d, on-warn: [remind], on-expire: [remind, rotate]}
    idle: {warn: 30d, expire: 45d, on-warn: [remind], on-expire: [remind, deactivate]}
    rotate:
      deliver: {to: secrets-manager, readers: ["arn:${partition}:iam::${account}:role/keyturn-read"]}
"""
# Users of an account that are worked on at the same time.
ABREAST = 32
ORGANIZATION = "accounts:\n  - organization: {role: keyturn-read}\nread: report\n"
PYTHON = sys.executable
AWS = os.path.join(os.path.dirname(PYTHON), "aws")
BOTO3 = os.path.join(HOME, "bench", "boto3_reader.py")
NEIGHBOUR = os.path.join(HOME, "bench", "neighbour.py")


class World:
    """A simulated AWS in a process of its own."""

    def __init__(self, *options: str, latency: str = "30ms", pinned: tuple = (), warm: bool = False):
        command = [*pinned, KEYTURN, "sandbox", "--latency", latency, "--report-delay", "2s", *options]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.env = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
        self.env["AWS_DEFAULT_REGION"] = self.env["AWS_REGION"] = "us-east-1"
        self.env["AWS_EC2_METADATA_DISABLED"] = "true"
        while not all(f"AWS_{name}" in self.env for name in ("ENDPOINT_URL", "ACCESS_KEY_ID", "SECRET_ACCESS_KEY")):
            line = self.process.stdout.readline()
            if not line:
                raise SystemExit("bench: the simulated AWS did not start")
            said = re.match(r"export (\w+)=(\S+)", line)
            if said:
                self.env[said[1]] = said[2].strip("'\"")
        if warm:
            self.warm()

    def warm(self) -> None:
        """Calls it for some seconds: what is measured shares its cores with it, and should not pay for its compiling."""
        load = os.path.join(HOME, "bench", "sandbox_load.py")
        command = [PYTHON, load, str(self.process.pid), "3", "128"]
        subprocess.run(command, env=self.env, check=True, stdout=subprocess.DEVNULL)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()


@dataclass
class Run:
    """One process: wall and processor seconds, peak resident MiB, exit code, whether it says that all was read, and its lines."""

    wall: float
    cpu: float
    memory: float
    code: int
    complete: bool
    lines: int


@dataclass
class Median:
    """The medians of several runs, and the most memory of any."""

    runs: list = field(default_factory=list)

    wall = property(lambda self: statistics.median(run.wall for run in self.runs))
    cpu = property(lambda self: statistics.median(run.cpu for run in self.runs))
    memory = property(lambda self: max(run.memory for run in self.runs))
    codes = property(lambda self: sorted({run.code for run in self.runs}))


def measure(command: list, env: dict) -> Run:
    with tempfile.TemporaryFile("w+") as output:
        start = time.monotonic()
        child = subprocess.Popen(command, env=env, stdout=output, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.monotonic() - start
        output.seek(0)
        complete, lines = False, 0
        # Line by line: what this process holds counts as the next child's memory.
        for line in output:
            complete |= '"complete": true' in line
            lines += 1
        return Run(
            wall,
            usage.ru_utime + usage.ru_stime,
            usage.ru_maxrss / 1024,
            os.waitstatus_to_exitcode(status),
            complete,
            lines,
        )


def row(name: str, median: Median, limits: list) -> None:
    """Prints a case with its limits, each a text and whether it was kept; peers have none."""
    verdict = "-" if not limits else "kept" if all(kept for _, kept in limits) else "MISSED"
    texts = ", ".join(text + ("" if kept else " !") for text, kept in limits)
    print(
        f"{name:46} {median.wall:7.2f} s {median.cpu:6.2f} cpu-s {median.memory:5.0f} MiB"
        f"  exit {','.join(map(str, median.codes)):5} {verdict:6} {texts}",
        flush=True,
    )


class Bench:
    """Every case; each starts with a store and a simulated AWS that nobody used before, unless it says otherwise."""

    def __init__(self, folder: str):
        self.folder = folder
        self.number = 0

    def scan(self, *options: str, config: str = "", store: str = "") -> list:
        self.number += 1
        store = store or os.path.join(self.folder, f"cold-{self.number}.db")
        command = [KEYTURN, "scan", "--output", "json", "--store", store, *options]
        if config:
            path = os.path.join(self.folder, f"{self.number}.yaml")
            with open(path, "w", encoding="utf-8") as file:
                file.write(config)
            command += ["--config", path]
        return command

    def cold(self, world: tuple, command) -> Median:
        median = Median()
        for _ in range(RUNS):
            with World(*world) as aws:
                median.runs.append(measure(command(), aws.env))
        return median

    ONE = ("--accounts", "1", "--users", "5000", "--at-risk", "0.05")

    def report(self) -> None:
        found = self.cold(self.ONE, lambda: self.scan("--read", "report"))
        row("5,000 users by report, with IDs", found, within(found, 2.8, 160))
        row("  boto3 by report, without IDs", self.cold(self.ONE, lambda: [PYTHON, BOTO3, "report"]), [])

    def live(self) -> None:
        found = self.cold(self.ONE, lambda: self.scan(config=AGES_ONLY))
        row("5,000 users live, ages only", found, within(found, 4.0, 200))
        row("  boto3 live, 64 threads", self.cold(self.ONE, lambda: [PYTHON, BOTO3, "live"]), [])

    def details(self) -> None:
        """What most conditions of a policy ask for, where no report may be read: three calls a user."""
        found = self.cold(self.ONE, lambda: self.scan(config=DETAILS))
        row("5,000 users live, with tags and last use", found, [("complete", found.codes == [0])])

    def forecast(self) -> None:
        """A year ahead: 365 plans of everything, after one reading."""
        path = os.path.join(self.folder, "forecast.yaml")
        with open(path, "w", encoding="utf-8") as file:
            file.write(FORECAST)

        def ahead() -> list:
            self.number += 1
            store = os.path.join(self.folder, f"cold-{self.number}.db")
            return [KEYTURN, "forecast", "--days", "365", "--output", "json", "--config", path, "--store", store]

        found = self.cold(self.ONE, ahead)
        row("5,000 users, 365 days ahead", found, [("in 10 s", found.wall <= 10), ("complete", found.codes == [0])])

    def fresh(self) -> None:
        store = os.path.join(self.folder, "warm.db")
        with World(*self.ONE) as aws:
            measure(self.scan("--read", "report", store=store), aws.env)
            found = Median([measure(self.scan("--read", "report", store=store), aws.env) for _ in range(RUNS)])
        row("the same again, report still fresh", found, within(found, 1.2, 160))

    def organization(self) -> None:
        few = self.cold(many(100), lambda: self.scan(config=ORGANIZATION))
        row("100 accounts of 200 users, with IDs", few, [])
        found = self.cold(many(1000), lambda: self.scan(config=ORGANIZATION))
        growth = found.memory / few.memory
        row(
            "1,000 accounts of 200 users, with IDs",
            found,
            within(found, 13, 256) + [(f"{growth:.2f} of 1.35 x the memory of 100", growth <= 1.35)],
        )

    def rotations(self) -> None:
        """What a wave of rotations takes beyond the calls that it consists of."""
        config = os.path.join(self.folder, "rotations.yaml")
        with open(config, "w", encoding="utf-8") as file:
            file.write(ROTATIONS)
        metrics = os.path.join(self.folder, "metrics.prom")
        # Every change is known at once: how long AWS takes to make one known is not what is measured.
        with World("--accounts", "1", "--users", "1100", "--at-risk", "1", "--immediate") as aws:

            def run(door: str) -> tuple:
                store = os.path.join(self.folder, f"{door}.db")
                options = [door, "--config", config, "--store", store, "--metrics-file", metrics]
                ended = measure([KEYTURN, *options], aws.env)
                made = total(metrics, "keyturn_run_actions", "create-key", "done")
                return ended, total(metrics, "keyturn_run_aws_calls"), made

            read, calls_before, _ = run("plan")
            acted, calls_after, rotated = run("run")
        calls = calls_after - calls_before
        needed = calls * 0.03 / ABREAST
        took = acted.wall - read.wall
        row(
            f"{rotated:,.0f} rotations in an account, {calls:,.0f} calls",
            Median([acted]),
            [(f"acting {took:.1f} s, {took / needed:.1f} of 3 x {needed:.1f} s", took <= 3 * needed)],
        )

    def keycheck(self) -> None:
        """A line of metrics for every key, as keycheck's users run it every five minutes: from nothing, each time."""
        profiles = os.path.join(self.folder, "aws-config")
        found, singly = Median(), Median()
        for number in range(RUNS):
            with World("--accounts", "1", "--users", "1000", "--at-risk", "0.05", warm=True) as aws:
                env = aws.env | {"AWS_CONFIG_FILE": profiles, "dump_metric_to_console": "True"}
                with open(profiles, "w", encoding="utf-8") as file:
                    names = ("aws_access_key_id", "aws_secret_access_key")
                    file.write("\n".join(["[profile production]", *(f"{name}={env.pop(name.upper())}" for name in names)]))
                found.runs.append(measure([KEYTURN, "run", "--preset", "keycheck", "production"], env))
                if number == 0:
                    # So slow that one run says enough.
                    singly.runs.append(measure([PYTHON, BOTO3, "singly"], aws.env))
        factor = singly.wall / found.wall
        row(
            "keycheck, 1,000 users, a line for every key",
            found,
            [
                ("in 2.0 s", found.wall <= 2.0),
                (f"{factor:.0f} of 15 x as fast as one by one", factor >= 15),
                ("a line each", all(run.lines >= 1000 for run in found.runs) and found.codes == [0]),
            ],
        )
        row("  boto3, one user after the other", singly, [])

    def slow(self) -> None:
        users = 1500
        world = ("--accounts", "1", "--users", str(users), "--rate", "50")
        for name, least, options in (("half of the rate", 0.35, ()), ("--fast", 0.85, ("--fast",))):
            found = self.cold(world, lambda: self.scan(*options, config=AGES_ONLY))
            used = users / found.wall / 50
            row(
                f"{users:,} users live at 50 calls a second, {name}",
                found,
                [("nothing lost", found.codes == [0]), (f"{used:.0%} of {least:.0%} of the rate", used >= least)],
            )
        row("  boto3 live, 64 threads, 12 attempts", self.cold(world, lambda: [PYTHON, BOTO3, "live"]), [])

    def neighbour(self) -> None:
        """Someone drains the account's quota all the time: what was read is whole, or said not to be."""
        median = Median()
        for _ in range(RUNS):
            with World("--accounts", "1", "--users", "500", "--rate", "50") as aws:
                other = subprocess.Popen([PYTHON, NEIGHBOUR], env=aws.env)
                try:
                    median.runs.append(
                        measure(self.scan(config=AGES_ONLY + "account-deadline: 60s\n"), aws.env)
                    )
                finally:
                    other.terminate()
                    other.wait()
        honest = all(run.code == (0 if run.complete else 3) for run in median.runs)
        row("500 users beside a neighbour who drains", median, [("honest", honest), ("in 65 s", median.wall <= 65)])

    def small(self) -> None:
        with World("--accounts", "1", "--users", "10") as aws:
            runs = {"aws": Median(), "scan": Median(), "--help": Median(), "--version": Median()}
            # In turn, so that whatever else the machine does meets all of them alike.
            for _ in range(max(5, RUNS)):
                runs["aws"].runs.append(measure([AWS, "iam", "list-users"], aws.env))
                runs["scan"].runs.append(measure(self.scan(), aws.env))
                for option in ("--help", "--version"):
                    runs[option].runs.append(measure([KEYTURN, option], aws.env))
        aws_wall = runs["aws"].wall
        row("  aws iam list-users, 10 users", runs["aws"], [])
        row("10 users, whole process", runs["scan"], [("no slower than aws", runs["scan"].wall <= aws_wall)])
        for option in ("--help", "--version"):
            row(option, runs[option], [("under half of aws", runs[option].wall < aws_wall / 2)])


    def serve(self) -> None:
        """How long a server takes until it answers pages, from the start of its process."""
        started = Median()
        for number in range(max(5, RUNS)):
            store = os.path.join(self.folder, f"served-{number}.db")
            command = [KEYTURN, "serve", "--listen", "127.0.0.1:0", "--store", store]
            begun = time.monotonic()
            with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
                address = server.stdout.readline().strip()
                with urllib.request.urlopen(address + "readyz", timeout=10) as answer:
                    code = 0 if answer.status == 200 else 1
                wall = time.monotonic() - begun
                server.send_signal(signal.SIGTERM)
                _, _, usage = os.wait4(server.pid, 0)
                server.returncode = 0
            used = usage.ru_utime + usage.ru_stime
            started.runs.append(Run(wall, used, usage.ru_maxrss / 1024, code, True, 1))
        row("server, until it is ready", started, [("1 s", started.wall <= 1.0)])

    def page(self) -> None:
        """What the report of 5,000 users takes beyond their findings as JSON, both from a report that is still fresh."""
        with World(*self.ONE) as aws:
            store = os.path.join(self.folder, "page.db")
            runs = {"json": Median(), "html": Median()}
            measure(self.scan("--read", "report", store=store), aws.env)
            for _ in range(RUNS):
                for form, median in runs.items():
                    median.runs.append(measure([KEYTURN, "scan", "--read", "report", "--output", form, "--store", store], aws.env))
        more = runs["html"].wall - runs["json"].wall
        row("  the same as JSON", runs["json"], [])
        row("5,000 users as a report", runs["html"], [(f"1 s more, {more:.2f} s", more <= 1.0)])

    def sandbox(self) -> None:
        """How fast the simulated AWS itself answers small calls on one core."""
        pinned = ("taskset", "-c", "0") if shutil.which("taskset") else ()
        with World("--accounts", "1", "--users", "1000", latency="0ms", pinned=pinned) as aws:
            load = [PYTHON, os.path.join(HOME, "bench", "sandbox_load.py"), str(aws.process.pid), "5", "16"]
            for _ in range(RUNS):
                subprocess.run(load, env=aws.env, check=True)


    def simulation(self) -> None:
        """How many account-years of random life the simulation lives and judges in a minute, on one core, once it is warm."""
        pinned = ("taskset", "-c", "0") if shutil.which("taskset") else ()
        test = "-Dtest=YearTest -Dsurefire.failIfNoSpecifiedTests=false -Dkeyturn.years=" + os.environ.get("YEARS", "1000")
        build = ". build/find-jdk.sh && find_jdk && find_maven && mvn -q -B -pl proof -am test -Djacoco.skip=true " + test
        said = subprocess.run([*pinned, "sh", "-c", build], cwd=HOME, check=True, stdout=subprocess.PIPE, text=True)
        line = re.search(r"life: .*; later half ([\d.]+) a minute", said.stdout)
        kept = float(line[1]) >= 500
        print(f"{line[0]:120} {'kept' if kept else 'MISSED'} 500 a minute{'' if kept else ' !'}", flush=True)


def many(accounts: int) -> tuple:
    return ("--accounts", str(accounts), "--users", str(accounts * 200), "--at-risk", "0.05")


def total(path: str, metric: str, *labels: str) -> float:
    """The sum of a metric's values, of those that have all these values of labels."""
    with open(path, encoding="utf-8") as file:
        lines = [line for line in file if line.startswith(metric) and all(f'"{label}"' in line for label in labels)]
    return sum(float(line.split()[-1]) for line in lines)


def within(found: Median, seconds: float, memory: float) -> list:
    return [
        (f"in {seconds} s", found.wall <= seconds),
        (f"in {memory} MiB", found.memory <= memory),
        ("complete", found.codes == [0]),
    ]


def main() -> None:
    cases = ["report", "live", "details", "fresh", "keycheck", "organization", "rotations", "forecast", "slow"]
    cases += ["neighbour", "small", "serve", "page", "sandbox", "simulation"]
    wanted = sys.argv[2:] or cases
    unknown = set(wanted) - set(cases)
    if unknown:
        raise SystemExit(f"bench: no case {', '.join(sorted(unknown))}; there are {' '.join(cases)}")
    subprocess.run([KEYTURN, "--version"], check=True, stdout=subprocess.DEVNULL)
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(folder)
        for case in wanted:
            getattr(bench, case)()


main()
