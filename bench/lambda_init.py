"""Measures what starting the Lambda function takes of a processor: until it asks for its first event.

Usage: lambda_init.py JAVA CLASSPATH, where CLASSPATH holds what is in the package and AWS's runtime interface client.
Prints processor and wall seconds of five starts on one core, without and with a start-up cache made by such a start.
"""

import http.server
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time

FLAGS = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"]
MAIN = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda"
HANDLER = "io.keyturn.app.lambda.KeyturnFunction::handleRequest"
TICKS = os.sysconf("SC_CLK_TCK")


class Api(http.server.BaseHTTPRequestHandler):
    """Lambda's runtime API as far as a function needs it before its first event."""

    asked = threading.Event()
    last = threading.Event()

    def do_GET(self):
        Api.asked.set()
        Api.last.wait()

    def log_message(self, *_):
        pass


def start(java: str, classpath: str, *options: str, train: bool = False) -> tuple:
    Api.asked.clear()
    Api.last.clear()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Api)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    environment = {
        "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{server.server_port}",
        "AWS_LAMBDA_LOG_FORMAT": "JSON",
        "AWS_REGION": "eu-central-1",
        "_HANDLER": HANDLER,
        "LAMBDA_TASK_ROOT": tempfile.gettempdir(),
    }
    pinned = ["taskset", "-c", "0"] if shutil.which("taskset") and not train else []
    command = [*pinned, java, *FLAGS, *options, "-cp", classpath, MAIN, HANDLER]
    began = time.monotonic()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if not Api.asked.wait(120):
        raise SystemExit("bench: the function never asked for an event")
    wall = time.monotonic() - began
    with open(f"/proc/{process.pid}/stat", encoding="utf-8") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    cpu = (int(fields[11]) + int(fields[12])) / TICKS
    # An ordinary end writes the cache.
    process.terminate()
    process.wait()
    Api.last.set()
    server.shutdown()
    return cpu, wall


def main() -> None:
    java, classpath = sys.argv[1:3]
    with tempfile.TemporaryDirectory() as folder:
        cache = os.path.join(folder, "keyturn.aot")
        start(java, classpath, f"-XX:AOTCacheOutput={cache}", train=True)
        for name, options in (("without a cache", []), ("with the AOT cache", [f"-XX:AOTCache={cache}"])):
            runs = [start(java, classpath, *options) for _ in range(5)]
            cpu, wall = (statistics.median(run[i] for run in runs) for i in (0, 1))
            print(f"init {name:20} {cpu:5.2f} s CPU  {wall:5.2f} s wall")


main()
