"""Serves moto, unmodified, on a free loopback port, with IAM users whose keys have an age and a last use.

Usage: moto_server.py FILE. The file is a JSON list of users: name, path, tags, and keys with created, used (or null)
and active. Prints the port on one line once it is ready; ends when standard input closes.
"""

import datetime
import json
import sys

import boto3
from moto.iam.models import AccessKeyLastUsed, iam_backends
from moto.server import ThreadedMotoServer

ACCOUNT = "123456789012"


def main() -> None:
    with open(sys.argv[1], encoding="utf-8") as file:
        users = json.load(file)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    _, port = server.get_host_and_port()
    populate(port, users)
    print(port, flush=True)
    sys.stdin.read()
    server.stop()


def populate(port: int, users: list) -> None:
    iam = boto3.client(
        "iam",
        endpoint_url=f"http://127.0.0.1:{port}",
        region_name="us-east-1",
        aws_access_key_id="testing",
        aws_secret_access_key="testing",
    )
    for user in users:
        tags = [{"Key": key, "Value": value} for key, value in user["tags"].items()]
        iam.create_user(UserName=user["name"], Path=user["path"], Tags=tags)
        for wanted in user["keys"]:
            key = iam.create_access_key(UserName=user["name"])["AccessKey"]["AccessKeyId"]
            if not wanted["active"]:
                iam.update_access_key(UserName=user["name"], AccessKeyId=key, Status="Inactive")
            age(user["name"], key, wanted)


def age(name: str, key: str, wanted: dict) -> None:
    """Sets the dates that no API of AWS can set."""
    for held in iam_backends[ACCOUNT]["aws"].get_user(name).access_keys:
        if held.access_key_id == key:
            held.create_date = instant(wanted["created"])
            held.last_used = wanted["used"] and AccessKeyLastUsed(instant(wanted["used"]), "s3", "eu-central-1")


def instant(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).astimezone(datetime.timezone.utc).replace(tzinfo=None)


main()
