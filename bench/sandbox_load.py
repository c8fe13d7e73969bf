"""Calls a simulated AWS as fast as it answers: small signed calls over many connections, from one cheap thread.

Usage: sandbox_load.py PID SECONDS CONNECTIONS; endpoint and credentials come from the environment. Prints calls a second by
the wall, calls a second of the server's processor time (PID's, so that a busy machine changes it little), and the share of
one processor that this client took. Requests are signed before the clock starts; a signature is good for five minutes.
"""

import os
import selectors
import socket
import sys
import time
from urllib.parse import urlencode, urlparse

import boto3
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

TICKS = os.sysconf("SC_CLK_TCK")


def signed(endpoint: str, form: str) -> bytes:
    request = AWSRequest("POST", endpoint + "/", data=form, headers={"Content-Type": "application/x-www-form-urlencoded"})
    keys = Credentials(os.environ["AWS_ACCESS_KEY_ID"], os.environ["AWS_SECRET_ACCESS_KEY"])
    SigV4Auth(keys, "iam", "us-east-1").add_auth(request)
    headers = "".join(f"{name}: {value}\r\n" for name, value in request.headers.items())
    host = urlparse(endpoint).netloc
    return f"POST / HTTP/1.1\r\nHost: {host}\r\n{headers}Content-Length: {len(form)}\r\n\r\n{form}".encode()


def requests(endpoint: str) -> list:
    users = boto3.client("iam", region_name="us-east-1").list_users(MaxItems=100)["Users"]
    forms = (urlencode({"Action": "ListAccessKeys", "Version": "2010-05-08", "UserName": u["UserName"]}) for u in users)
    return [signed(endpoint, form) for form in forms]


def processor_seconds(pid: str) -> float:
    with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as file:
        fields = file.read().rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def call_for(seconds: float, sockets: list, asked: list) -> int:
    """Keeps one request in flight on each connection; returns the number of answers."""
    ready = selectors.DefaultSelector()
    for client in sockets:
        ready.register(client, selectors.EVENT_READ)
    calls = 0
    for client in sockets:
        client.sendall(asked[0])
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        for key, _ in ready.select():
            answer = key.fileobj.recv(65536)
            if not answer.startswith(b"HTTP/1.1 200"):
                raise SystemExit(f"sandbox_load: an unexpected answer: {answer[:400]!r}")
            calls += 1
            key.fileobj.sendall(asked[calls % len(asked)])
    for client in sockets:
        client.recv(65536)
    return calls


def main() -> None:
    pid, seconds, connections = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])
    endpoint = os.environ["AWS_ENDPOINT_URL"]
    asked = requests(endpoint)
    place = urlparse(endpoint)
    sockets = [socket.create_connection((place.hostname, place.port)) for _ in range(connections)]
    for client in sockets:
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    call_for(2 * seconds, sockets, asked)
    before, own, start = processor_seconds(pid), time.process_time(), time.monotonic()
    calls = call_for(seconds, sockets, asked)
    wall = time.monotonic() - start
    used, own = processor_seconds(pid) - before, time.process_time() - own
    print(
        f"{calls / wall:,.0f} calls a second; {calls / used:,.0f} a second of the server's processor time; "
        f"client {own / wall:.0%} of a processor"
    )


main()
