"""Executes a state machine in moto, which runs the states language itself.

Usage: state_machine.py FILE EXITS, the latter a JSON object: for each account the exit code that the function answers
with, or null where the invocation itself fails. Prints one JSON object: status, output, error, the payloads that the
function got, how many items came to what, and the objects in the bucket of results.
"""

import json
import re
import sys
import time

import boto3
from moto import mock_aws
from moto.awslambda_simple.models import LambdaSimpleBackend

FUNCTION = "arn:aws:lambda:eu-central-1:123456789012:function:keyturn"
BUCKET = "keyturn-results"
invoked: list = []


def main() -> None:
    with open(sys.argv[1], encoding="utf-8") as file:
        definition = file.read().replace("${Function}", FUNCTION).replace("${Results}", BUCKET)
    # moto's grammar takes this number with a point alone, and AWS an integer.
    definition = re.sub(r'("ToleratedFailurePercentage": \d+),', r"\1.0,", definition)
    exits = json.loads(sys.argv[2])
    LambdaSimpleBackend.invoke = lambda self, name, qualifier, body, *more: answer(exits, name, json.loads(body))
    with mock_aws(config={"stepfunctions": {"execute_state_machine": True}, "lambda": {"use_docker": False}}):
        print(json.dumps(execute(definition, list(exits))))


def answer(exits: dict, name: str, payload: dict) -> bytes:
    assert name == FUNCTION, name
    invoked.append(payload)
    code = exits[payload["account"]]
    if code is None:
        raise RuntimeError("the function failed")
    return json.dumps({"do": payload["do"], "exit": code}).encode()


def execute(definition: str, accounts: list) -> dict:
    s3 = boto3.client("s3", region_name="us-east-1")
    s3.create_bucket(Bucket=BUCKET)
    machines = boto3.client("stepfunctions", region_name="us-east-1")
    role = "arn:aws:iam::123456789012:role/keyturn"
    machine = machines.create_state_machine(name="keyturn", definition=definition, roleArn=role)["stateMachineArn"]
    run = machines.start_execution(stateMachineArn=machine, input=json.dumps({"accounts": accounts}))["executionArn"]
    until = time.monotonic() + 50
    while (ended := machines.describe_execution(executionArn=run))["status"] == "RUNNING" and time.monotonic() < until:
        time.sleep(0.05)
    # moto counts what failed and tolerates it all; AWS fails an execution beyond ToleratedFailurePercentage.
    item_counts = [
        machines.describe_map_run(mapRunArn=one["mapRunArn"])["itemCounts"]
        for one in machines.list_map_runs(executionArn=run)["mapRuns"]
    ]
    objects = [one["Key"] for one in s3.list_objects_v2(Bucket=BUCKET).get("Contents", [])]
    return {
        "status": ended["status"],
        "output": json.loads(ended.get("output") or "null"),
        "error": ended.get("error"),
        "invoked": sorted(invoked, key=lambda payload: payload["account"]),
        "items": item_counts,
        "objects": objects,
    }


main()
