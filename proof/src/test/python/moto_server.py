"""Serves moto, unmodified, on a free loopback port, with IAM users whose keys have an age and a last use.

Prints its port, and then answers each line of JSON on standard input with one on standard output, until that closes:
  {"people": [...]}    empties moto and makes these users: name, path, tags, and keys with created, used (or null), active
  {"run": PROGRAM}     runs a program of boto3 against it; the answer holds what it printed, and whether it failed
"""

import contextlib
import datetime
import io
import json
import os
import sys
import traceback
import urllib.request

import boto3
from moto.iam.models import AccessKeyLastUsed, iam_backends
from moto.server import ThreadedMotoServer

ACCOUNT = "123456789012"


def main() -> None:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    _, port = server.get_host_and_port()
    url = f"http://127.0.0.1:{port}"
    print(port, flush=True)
    # Client programs find it as any program would.
    os.environ.update(
        AWS_ENDPOINT_URL=url,
        AWS_ACCESS_KEY_ID="AKIATESTTESTTESTTEST",
        AWS_SECRET_ACCESS_KEY="secret",
        AWS_DEFAULT_REGION="us-east-1",
    )
    for line in sys.stdin:
        asked = json.loads(line)
        answer = run(asked["run"]) if "run" in asked else people(url, asked["people"])
        print(json.dumps(answer), flush=True)
    server.stop()


def run(program: str) -> dict:
    printed = io.StringIO()
    failed = False
    with contextlib.redirect_stdout(printed):
        try:
            exec(compile(program, "program", "exec"), {"boto3": boto3})
        except BaseException:
            failed = True
            printed.write(traceback.format_exc())
    return {"out": printed.getvalue(), "failed": failed}


def people(url: str, users: list) -> dict:
    urllib.request.urlopen(urllib.request.Request(url + "/moto-api/reset", method="POST")).read()
    iam = boto3.client("iam")
    for user in users:
        tags = [{"Key": key, "Value": value} for key, value in user["tags"].items()]
        iam.create_user(UserName=user["name"], Path=user["path"], Tags=tags)
        for wanted in user["keys"]:
            key = iam.create_access_key(UserName=user["name"])["AccessKey"]["AccessKeyId"]
            if not wanted["active"]:
                iam.update_access_key(UserName=user["name"], AccessKeyId=key, Status="Inactive")
            age(user["name"], key, wanted)
    return {}


def age(name: str, key: str, wanted: dict) -> None:
    """Sets the dates that no API of AWS can set."""
    for held in iam_backends[ACCOUNT]["aws"].get_user(name).access_keys:
        if held.access_key_id == key:
            held.create_date = instant(wanted["created"])
            held.last_used = wanted["used"] and AccessKeyLastUsed(instant(wanted["used"]), "s3", "eu-central-1")


def instant(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).astimezone(datetime.timezone.utc).replace(tzinfo=None)


main()
