"""What a careful Python programmer writes with boto3: reads every key's age of one account. A peer for the benchmark.

Usage: boto3_reader.py report|live|singly; singly is one user after the other, as keycheck reads.
Endpoint and credentials come from the environment, as for any AWS client.
"""

import concurrent.futures
import csv
import io
import sys
import time

import boto3
from botocore.config import Config

THREADS = 1 if sys.argv[1:] == ["singly"] else 64


def main() -> None:
    iam = boto3.client("iam", config=Config(max_pool_connections=THREADS, retries={"max_attempts": 12, "mode": "standard"}))
    keys = by_report(iam) if sys.argv[1:] == ["report"] else live(iam)
    print(len(keys), "keys")


def by_report(iam) -> list:
    while iam.generate_credential_report()["State"] != "COMPLETE":
        time.sleep(0.5)
    text = iam.get_credential_report()["Content"].decode()
    tags = {
        user["UserName"]: user.get("Tags", [])
        for page in iam.get_paginator("get_account_authorization_details").paginate(
            Filter=["User"], PaginationConfig={"PageSize": 1000}
        )
        for user in page["UserDetailList"]
    }
    rows = list(csv.DictReader(io.StringIO(text)))
    return [
        (row["user"], row[f"access_key_{slot}_last_rotated"], tags.get(row["user"]))
        for row in rows
        for slot in (1, 2)
        if row[f"access_key_{slot}_last_rotated"] != "N/A"
    ]


def live(iam) -> list:
    users = [
        user["UserName"]
        for page in iam.get_paginator("list_users").paginate(PaginationConfig={"PageSize": 1000})
        for user in page["Users"]
    ]
    with concurrent.futures.ThreadPoolExecutor(THREADS) as pool:
        found = pool.map(lambda name: iam.list_access_keys(UserName=name)["AccessKeyMetadata"], users)
        return [(key["UserName"], key["CreateDate"]) for keys in found for key in keys]


main()
