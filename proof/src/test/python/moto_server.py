"""Serves moto, unmodified, on a free loopback port, with IAM users whose keys have an age and a last use.

Usage: moto_server.py USERS. Prints the port on one line once it is ready; ends when standard input closes.
"""

import datetime
import sys

import boto3
from moto.iam.models import AccessKeyLastUsed, iam_backends
from moto.server import ThreadedMotoServer

ACCOUNT = "123456789012"


def main() -> None:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    _, port = server.get_host_and_port()
    populate(port, int(sys.argv[1]))
    print(port, flush=True)
    sys.stdin.read()
    server.stop()


def populate(port: int, users: int) -> None:
    iam = boto3.client(
        "iam",
        endpoint_url=f"http://127.0.0.1:{port}",
        region_name="us-east-1",
        aws_access_key_id="testing",
        aws_secret_access_key="testing",
    )
    now = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0, tzinfo=None)
    for number in range(users):
        name = f"user-{number:04d}"
        iam.create_user(UserName=name, Tags=[{"Key": "Owner", "Value": f"team-{number % 7}"}])
        for slot in range(number % 3):
            key = iam.create_access_key(UserName=name)["AccessKey"]["AccessKeyId"]
            if (number + slot) % 11 == 0:
                iam.update_access_key(UserName=name, AccessKeyId=key, Status="Inactive")
            created = now - datetime.timedelta(days=(number * 7 + slot * 40) % 400, hours=1 + slot)
            used = None if number % 5 == 0 else max(created, now - datetime.timedelta(days=number % 70, hours=1))
            age(name, key, created, used)


def age(name: str, key: str, created: datetime.datetime, used: "datetime.datetime | None") -> None:
    """Sets the dates that no API of AWS can set."""
    for held in iam_backends[ACCOUNT]["aws"].get_user(name).access_keys:
        if held.access_key_id == key:
            held.create_date = created
            held.last_used = used and AccessKeyLastUsed(used, "s3", "eu-central-1")


main()
