"""Drives a simulated AWS with boto3 and the aws CLI, unmodified; fails with the first thing that AWS would do otherwise.

Endpoint and an administrator's credentials come from the environment. Usage: other_clients.py PATH_OF_AWS_CLI USERS
"""

import csv
import datetime
import io
import json
import os
import subprocess
import sys
import time

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

ONCE = Config(retries={"total_max_attempts": 1})


def client(service: str, **credentials):
    return boto3.client(service, region_name="us-east-1", config=ONCE, **credentials)


def refused(code: str, call, **arguments) -> None:
    try:
        call(**arguments)
    except ClientError as error:
        assert error.response["Error"]["Code"] == code, error
        return
    raise AssertionError(f"expected {code}")


def of_role(account: str, role: str = "keyturn-read", **more) -> dict:
    arn = f"arn:aws:iam::{account}:role/{role}"
    asked = {"RoleArn": arn, "RoleSessionName": "proof", "ExternalId": "fern-42", **more}
    session = client("sts").assume_role(**asked)["Credentials"]
    return {
        "aws_access_key_id": session["AccessKeyId"],
        "aws_secret_access_key": session["SecretAccessKey"],
        "aws_session_token": session["SessionToken"],
    }


def pages_through_all_users(users: int) -> None:
    iam = client("iam")
    for size in (100, 1000, 7):
        names = [u["UserName"] for p in iam.get_paginator("list_users").paginate(PaginationConfig={"PageSize": size}) for u in p["Users"]]
        assert len(names) == users == len(set(names)), (size, len(names))
    details = [
        u
        for p in iam.get_paginator("get_account_authorization_details").paginate(Filter=["User"])
        for u in p["UserDetailList"]
    ]
    assert [u["UserName"] for u in details] == sorted(names)
    assert any(u.get("Tags") for u in details)


def report_agrees_with_the_keys() -> None:
    iam = client("iam")
    assert iam.generate_credential_report()["State"] == "STARTED"
    refused("ReportInProgress", iam.get_credential_report)
    while iam.generate_credential_report()["State"] != "COMPLETE":
        time.sleep(0.05)
    rows = {r["user"]: r for r in csv.DictReader(io.StringIO(iam.get_credential_report()["Content"].decode()))}
    assert "<root_account>" in rows
    for name in sorted(rows)[1:40]:
        keys = sorted(iam.list_access_keys(UserName=name)["AccessKeyMetadata"], key=lambda k: k["AccessKeyId"])
        for slot, key in enumerate(keys[:2], 1):
            assert rows[name][f"access_key_{slot}_last_rotated"] == key["CreateDate"].isoformat(), name
            assert rows[name][f"access_key_{slot}_active"] == str(key["Status"] == "Active").lower(), name
            used = iam.get_access_key_last_used(AccessKeyId=key["AccessKeyId"])["AccessKeyLastUsed"]
            said = rows[name][f"access_key_{slot}_last_used_date"]
            assert said == (used["LastUsedDate"].isoformat() if "LastUsedDate" in used else "N/A"), name


def eventually(true, what: str) -> None:
    """Waits until it holds: AWS's copies learn of a change some seconds late."""
    deadline = time.monotonic() + 60
    while True:
        try:
            if true():
                return
        except ClientError:
            pass
        assert time.monotonic() < deadline, what
        time.sleep(0.1)


def fails(code: str, call, **arguments) -> bool:
    try:
        call(**arguments)
    except ClientError as error:
        return error.response["Error"]["Code"] == code
    return False


def a_key_lives_and_dies() -> None:
    iam = client("iam")
    tags = [{"Key": "Owner", "Value": "<b>&\"x\""}]
    iam.create_user(UserName="proof", Path="/proof/", Tags=tags)
    eventually(lambda: iam.list_user_tags(UserName="proof")["Tags"] == tags, "the new user was never listed")
    refused("EntityAlreadyExists", iam.create_user, UserName="proof")
    key = iam.create_access_key(UserName="proof")["AccessKey"]
    mine = client("sts", aws_access_key_id=key["AccessKeyId"], aws_secret_access_key=key["SecretAccessKey"])
    refused("InvalidClientTokenId", mine.get_caller_identity)
    eventually(lambda: mine.get_caller_identity()["Arn"].endswith(":user/proof/proof"), "the new key never worked")
    assert client("sts").get_access_key_info(AccessKeyId=key["AccessKeyId"])["Account"] == "111122223333"

    def use_is_told() -> bool:
        used = iam.get_access_key_last_used(AccessKeyId=key["AccessKeyId"])
        return used["AccessKeyLastUsed"]["ServiceName"] == "sts" and used["UserName"] == "proof"

    eventually(use_is_told, "the use of the new key was never told")
    second = iam.create_access_key(UserName="proof")["AccessKey"]
    refused("LimitExceeded", iam.create_access_key, UserName="proof")
    iam.update_access_key(UserName="proof", AccessKeyId=key["AccessKeyId"], Status="Inactive")
    mine.get_caller_identity()
    eventually(lambda: fails("InvalidClientTokenId", mine.get_caller_identity), "the key worked on though inactive")
    refused("DeleteConflict", iam.delete_user, UserName="proof")
    eventually(lambda: len(iam.list_access_keys(UserName="proof")["AccessKeyMetadata"]) == 2, "the second key was never listed")
    for held in (key, second):
        iam.delete_access_key(UserName="proof", AccessKeyId=held["AccessKeyId"])
    iam.delete_user(UserName="proof")
    eventually(lambda: fails("NoSuchEntity", iam.get_user, UserName="proof"), "the deleted user was never gone")


def wrong_credentials_are_refused() -> None:
    wrong = client("iam", aws_access_key_id=os.environ["AWS_ACCESS_KEY_ID"], aws_secret_access_key="x" * 40)
    refused("SignatureDoesNotMatch", wrong.list_users)
    body_changed_after_signing_is_refused()
    nobody = client("iam", aws_access_key_id="AKIANOBODYNOBODY0000", aws_secret_access_key="x" * 40)
    refused("InvalidClientTokenId", nobody.list_users)


def body_changed_after_signing_is_refused() -> None:
    def change(request, **_):
        body = request.body if isinstance(request.body, bytes) else request.body.encode()
        assert b"ListUsers" in body
        request.body = body.replace(b"ListUsers", b"GetUserXX")

    iam = client("iam")
    iam.meta.events.register("before-send.iam", change)
    refused("SignatureDoesNotMatch", iam.list_users)


def the_organization_is_whole() -> None:
    organizations = client("organizations")
    accounts = [a for p in organizations.get_paginator("list_accounts").paginate() for a in p["Accounts"]]
    assert len({a["Id"] for a in accounts}) == 31, len(accounts)
    assert [a["Status"] for a in accounts].count("SUSPENDED") == 1
    root = organizations.list_roots()["Roots"][0]["Id"]
    found = []
    places = [root]
    while places:
        place = places.pop()
        for page in organizations.get_paginator("list_accounts_for_parent").paginate(ParentId=place):
            found += [a["Id"] for a in page["Accounts"]]
        for page in organizations.get_paginator("list_organizational_units_for_parent").paginate(ParentId=place):
            places += [u["Id"] for u in page["OrganizationalUnits"]]
    assert sorted(found) == sorted(a["Id"] for a in accounts)
    member = accounts[1]["Id"]
    session = of_role(member)
    assert client("sts", **session).get_caller_identity()["Account"] == member
    assert client("iam", **session).list_account_aliases()["AccountAliases"] == [accounts[1]["Name"]]
    refused("AccessDeniedException", client("organizations", **session).list_accounts)
    suspended = next(a["Id"] for a in accounts if a["Status"] == "SUSPENDED")
    refused("AccessDenied", client("sts").assume_role, RoleArn=f"arn:aws:iam::{suspended}:role/r", RoleSessionName="proof")


def roles_and_sessions_bind() -> None:
    home, user = "111122223333", client("iam").list_users(MaxItems=1)["Users"][0]
    arn = f"arn:aws:iam::{home}:role/keyturn-act"
    only = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "iam:UpdateAccessKey", "Resource": user["Arn"]}]}
    refused("AccessDenied", client("sts").assume_role, RoleArn=arn, RoleSessionName="proof")
    sts = client("sts")
    refused("AccessDenied", sts.assume_role, RoleArn=arn, RoleSessionName="proof", ExternalId="wrong")
    refused("ValidationError", sts.assume_role, RoleArn=arn, RoleSessionName="proof", ExternalId="fern-42", DurationSeconds=4000)
    wide, narrow = (client("iam", **of_role(home, "keyturn-act", **more)) for more in ({}, {"Policy": json.dumps(only)}))
    key = wide.list_access_keys(UserName=user["UserName"])["AccessKeyMetadata"][0]
    narrow.update_access_key(UserName=user["UserName"], AccessKeyId=key["AccessKeyId"], Status=key["Status"])
    refused("AccessDenied", narrow.list_access_keys, UserName=user["UserName"])
    refused("AccessDenied", narrow.update_access_key, UserName="proof", AccessKeyId=key["AccessKeyId"], Status="Inactive")
    refused("AccessDenied", wide.create_access_key, UserName=user["UserName"])


def the_simulator_tells_what_is_denied() -> None:
    arn = "arn:aws:iam::111122223333:role/keyturn-act"
    actions = ["iam:DeleteAccessKey", "iam:CreateAccessKey"]
    users = ["arn:aws:iam::111122223333:user/x"]
    told = client("iam").simulate_principal_policy(PolicySourceArn=arn, ActionNames=actions, ResourceArns=users)
    assert [r["EvalDecision"] for r in told["EvaluationResults"]] == ["allowed", "implicitDeny"], told
    refused("NoSuchEntity", client("iam").simulate_principal_policy, PolicySourceArn=arn + "x", ActionNames=actions)


def delegated_administrator_and_units() -> None:
    organizations = client("organizations")
    delegated = organizations.list_delegated_administrators()["DelegatedAdministrators"]
    assert [a["Id"] for a in delegated] == ["111122223335"]
    theirs = client("organizations", **of_role("111122223335"))
    assert sum(len(p["Accounts"]) for p in theirs.get_paginator("list_accounts").paginate()) == 31
    member = client("organizations", **of_role("111122223334"))
    assert member.describe_organization()["Organization"]["MasterAccountId"] == "111122223333"
    refused("AccessDeniedException", member.list_accounts)
    unit = organizations.describe_organizational_unit(OrganizationalUnitId="ou-fern-workload")
    assert unit["OrganizationalUnit"]["Name"] == "Workloads"


def a_secret_turns_over() -> None:
    secrets = client("secretsmanager")
    name = "keyturn/111122223333/ann"
    refused("ResourceNotFoundException", secrets.describe_secret, SecretId=name)
    made = secrets.create_secret(Name=name, SecretString="none yet", Tags=[{"Key": "made-by", "Value": "keyturn"}])
    refused("ResourceExistsException", secrets.create_secret, Name=name, SecretString="other")
    again = {"SecretId": name, "SecretString": "new", "ClientRequestToken": "4" * 32, "VersionStages": ["AWSPENDING"]}
    assert secrets.put_secret_value(**again)["VersionStages"] == ["AWSPENDING"]
    assert secrets.put_secret_value(**again)["VersionId"] == "4" * 32
    refused("ResourceExistsException", secrets.put_secret_value, **{**again, "SecretString": "else"})
    secrets.update_secret_version_stage(
        SecretId=name, VersionStage="AWSCURRENT", MoveToVersionId="4" * 32, RemoveFromVersionId=made["VersionId"]
    )
    assert secrets.get_secret_value(SecretId=made["ARN"])["SecretString"] == "new"
    assert secrets.get_secret_value(SecretId=name, VersionStage="AWSPREVIOUS")["SecretString"] == "none yet"
    told = secrets.describe_secret(SecretId=name)
    assert sorted(told["VersionIdsToStages"]["4" * 32]) == ["AWSCURRENT", "AWSPENDING"], told
    assert abs(told["CreatedDate"].timestamp() - time.time()) < 60 and told["Tags"][0]["Value"] == "keyturn", told
    nobody = "arn:aws:iam::111122223333:role/keyturn-read"
    policy = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Deny",
                "Principal": "*",
                "Action": "secretsmanager:GetSecretValue",
                "Resource": "*",
                "Condition": {"ArnNotLike": {"aws:PrincipalArn": [nobody]}},
            }
        ],
    }
    secrets.put_resource_policy(SecretId=name, ResourcePolicy=json.dumps(policy), BlockPublicPolicy=True)
    assert json.loads(secrets.get_resource_policy(SecretId=name)["ResourcePolicy"]) == policy
    refused("AccessDeniedException", secrets.get_secret_value, SecretId=name)
    secrets.delete_resource_policy(SecretId=name)
    secrets.delete_secret(SecretId=name, RecoveryWindowInDays=7)
    refused("InvalidRequestException", secrets.get_secret_value, SecretId=name)
    secrets.restore_secret(SecretId=name)
    versions = secrets.list_secret_version_ids(SecretId=name, IncludeDeprecated=True)["Versions"]
    assert [v["VersionId"] for v in versions] == [made["VersionId"], "4" * 32], versions
    secrets.delete_secret(SecretId=name, ForceDeleteWithoutRecovery=True)
    refused("ResourceNotFoundException", secrets.get_secret_value, SecretId=name)


def a_parameter_lives_and_dies() -> None:
    ssm, name = client("ssm"), "/keyturn/ann"
    refused("ParameterNotFound", ssm.get_parameter, Name=name)
    refused("ValidationException", ssm.put_parameter, Name="no/path", Value="x", Type="String")
    new = {"Name": name, "Value": "first", "Type": "SecureString", "KeyId": "alias/fern"}
    assert ssm.put_parameter(**new)["Version"] == 1
    refused("ParameterAlreadyExists", ssm.put_parameter, **new)
    assert ssm.put_parameter(**{**new, "Value": "second"}, Overwrite=True)["Version"] == 2
    assert ssm.get_parameter(Name=name)["Parameter"]["Value"] != "second"
    told = ssm.get_parameter(Name=name, WithDecryption=True)["Parameter"]
    assert told["Value"] == "second" and told["ARN"] == "arn:aws:ssm:us-east-1:111122223333:parameter/keyturn/ann", told
    several = ssm.get_parameters(Names=[name, "/nobody"], WithDecryption=True)
    assert len(several["Parameters"]) == 1 and several["InvalidParameters"] == ["/nobody"], several
    past = ssm.get_parameter_history(Name=name, WithDecryption=True)["Parameters"]
    assert [p["Value"] for p in past] == ["first", "second"] and past[0]["KeyId"] == "alias/fern", past
    refused("AccessDeniedException", client("ssm", **of_role("111122223333")).get_parameter, Name=name)
    ssm.delete_parameter(Name=name)
    refused("ParameterNotFound", ssm.delete_parameter, Name=name)


def objects_come_and_go() -> None:
    s3, key = client("s3"), "keys/ann b+c/1.csv"
    refused("NoSuchBucket", s3.put_object, Bucket="fern-keys", Key=key, Body=b"x")
    s3.create_bucket(Bucket="fern-keys")
    body = "a line\n\u00e4".encode() + bytes(range(256))
    s3.put_object(Bucket="fern-keys", Key=key, Body=body, ServerSideEncryption="aws:kms", SSEKMSKeyId="alias/fern", Tagging="until=2026-12-01")
    there = s3.get_object(Bucket="fern-keys", Key=key)
    assert there["Body"].read() == body and there["SSEKMSKeyId"] == "alias/fern", there
    assert s3.head_object(Bucket="fern-keys", Key=key)["ContentLength"] == len(body)
    assert s3.get_object_tagging(Bucket="fern-keys", Key=key)["TagSet"] == [{"Key": "until", "Value": "2026-12-01"}]
    for i in range(4):
        s3.put_object(Bucket="fern-keys", Key=f"more/{i}", Body=b"")
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket="fern-keys", PaginationConfig={"PageSize": 2})
    assert [o["Key"] for p in pages for o in p["Contents"]] == [key] + [f"more/{i}" for i in range(4)]
    refused("PreconditionFailed", s3.put_object, Bucket="fern-keys", Key=key, Body=b"y", IfNoneMatch="*")
    s3.delete_object(Bucket="fern-keys", Key=key)
    refused("NoSuchKey", s3.get_object, Bucket="fern-keys", Key=key)
    refused("404", s3.head_object, Bucket="fern-keys", Key=key)
    refused("BucketNotEmpty", s3.delete_bucket, Bucket="fern-keys")
    assert [b["Name"] for b in s3.list_buckets()["Buckets"]] == ["fern-keys"]
    a_bucket_opens_to_another_account(s3)


def a_bucket_opens_to_another_account(s3) -> None:
    member = client("s3", **of_role("111122223334", "keyturn-create"))
    refused("AccessDenied", member.put_object, Bucket="fern-keys", Key="theirs", Body=b"x")
    who = {"AWS": "arn:aws:iam::111122223334:root"}
    statement = {"Effect": "Allow", "Principal": who, "Action": "s3:PutObject", "Resource": "arn:aws:s3:::fern-keys/*"}
    s3.put_bucket_policy(Bucket="fern-keys", Policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))
    member.put_object(Bucket="fern-keys", Key="theirs", Body=b"x")
    refused("AccessDenied", member.get_object, Bucket="fern-keys", Key="theirs")


def what_is_locked_stays() -> None:
    s3, until = client("s3"), datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=30)
    s3.create_bucket(Bucket="fern-anchors", ObjectLockEnabledForBucket=True)
    assert s3.get_bucket_versioning(Bucket="fern-anchors")["Status"] == "Enabled"
    lock = {"ObjectLockMode": "COMPLIANCE", "ObjectLockRetainUntilDate": until}
    refused("InvalidRequest", s3.put_object, Bucket="fern-keys", Key="x", Body=b"x", **lock)
    made = s3.put_object(Bucket="fern-anchors", Key="head", Body=b"one", **lock)["VersionId"]
    assert s3.head_object(Bucket="fern-anchors", Key="head")["ObjectLockMode"] == "COMPLIANCE"
    refused("AccessDenied", s3.delete_object, Bucket="fern-anchors", Key="head", VersionId=made)
    sooner = {"Mode": "COMPLIANCE", "RetainUntilDate": until - datetime.timedelta(days=1)}
    refused("AccessDenied", s3.put_object_retention, Bucket="fern-anchors", Key="head", Retention=sooner)
    s3.put_object(Bucket="fern-anchors", Key="head", Body=b"two")
    s3.delete_object(Bucket="fern-anchors", Key="head")
    there = s3.list_object_versions(Bucket="fern-anchors")
    assert len(there["Versions"]) == 2 and there["DeleteMarkers"][0]["IsLatest"], there
    assert s3.get_object(Bucket="fern-anchors", Key="head", VersionId=made)["Body"].read() == b"one"


def the_trail_tells_who_did_it() -> None:
    """CloudTrail takes two calls a second; boto3 as it comes repeats what is throttled."""
    iam, hasty = client("iam"), client("cloudtrail")
    trail = boto3.client("cloudtrail", region_name="us-east-1", config=Config(retries={"mode": "standard", "max_attempts": 10}))
    iam.create_user(UserName="traced", Tags=[{"Key": "Owner", "Value": "web"}])
    eventually(lambda: iam.get_user(UserName="traced"), "the new user was never told")
    key = iam.create_access_key(UserName="traced")["AccessKey"]
    iam.update_access_key(UserName="traced", AccessKeyId=key["AccessKeyId"], Status="Inactive")
    iam.delete_access_key(UserName="traced", AccessKeyId=key["AccessKeyId"])
    iam.delete_user(UserName="traced")

    def events(attribute: str, value: str, size: int = 50) -> list:
        asked = {"LookupAttributes": [{"AttributeKey": attribute, "AttributeValue": value}], "PaginationConfig": {"PageSize": size}}
        return [e for p in trail.get_paginator("lookup_events").paginate(**asked) for e in p["Events"]]

    told = events("ResourceName", "traced", 2)
    assert [e["EventName"] for e in told] == ["DeleteUser", "DeleteAccessKey", "UpdateAccessKey", "CreateAccessKey", "CreateUser"], told
    record = json.loads(told[3]["CloudTrailEvent"])
    assert record["responseElements"]["accessKey"]["accessKeyId"] == key["AccessKeyId"], record
    assert record["requestParameters"] == {"userName": "traced"} and record["userIdentity"]["userName"] == "administrator", record
    assert key["SecretAccessKey"] not in str(told)
    assert len(events("ResourceName", key["AccessKeyId"])) == 3
    mine = [e["EventName"] for e in events("AccessKeyId", os.environ["AWS_ACCESS_KEY_ID"])]
    assert mine.count("CreateUser") == 3 and "DeleteAccessKey" in mine, mine  # one of them was refused
    past = events("EventName", "CreateAccessKey")
    assert len(past) > 50 and all(e["EventTime"] >= past[-1]["EventTime"] for e in past), len(past)
    assert any("@" in e["Username"] for e in past)
    refused("InvalidMaxResultsException", trail.lookup_events, MaxResults=51)

    def throttled() -> bool:
        return any(fails("ThrottlingException", hasty.lookup_events) for _ in range(3))

    eventually(throttled, "CloudTrail took more than two calls a second")
    contact = client("account").get_alternate_contact(AlternateContactType="SECURITY")["AlternateContact"]
    assert contact["EmailAddress"] == "security@fernhill.example", contact
    refused("ResourceNotFoundException", client("account").get_alternate_contact, AlternateContactType="BILLING")


def another_partition(aws: str) -> None:
    """The environment's second world is AWS in China."""
    here = {**os.environ, "AWS_ENDPOINT_URL": os.environ["CHINA_ENDPOINT_URL"]}
    here |= {"AWS_ACCESS_KEY_ID": os.environ["CHINA_ACCESS_KEY_ID"], "AWS_SECRET_ACCESS_KEY": os.environ["CHINA_SECRET_ACCESS_KEY"]}
    for region, fits in (("cn-north-1", True), ("us-east-1", False)):
        command = [aws, "sts", "get-caller-identity", "--output", "json", "--region", region]
        said = subprocess.run(command, env=here, check=False, capture_output=True)
        assert (said.returncode == 0) == fits, said
        if fits:
            assert json.loads(said.stdout)["Arn"].startswith("arn:aws-cn:iam::"), said.stdout
        else:
            assert b"valid region" in said.stderr, said.stderr


def the_command_line_agrees(aws: str, users: int) -> None:
    def run(*arguments: str):
        return json.loads(subprocess.run([aws, *arguments, "--output", "json"], check=True, capture_output=True).stdout)

    assert len(run("iam", "list-users")["Users"]) == users
    assert run("sts", "get-caller-identity")["Account"] == "111122223333"
    assert len(run("organizations", "list-accounts")["Accounts"]) == 31
    assert run("iam", "get-account-summary")["SummaryMap"]["Users"] == users
    for command in (["mb", "s3://fern-cli"], ["cp", "-", "s3://fern-cli/a/b"], ["rm", "s3://fern-cli/a/b"], ["rb", "s3://fern-cli"]):
        subprocess.run([aws, "s3", *command], check=True, input=b"by the command line", stdout=subprocess.PIPE)


def main() -> None:
    aws, users = sys.argv[1], int(sys.argv[2])
    pages_through_all_users(users)
    report_agrees_with_the_keys()
    a_key_lives_and_dies()
    wrong_credentials_are_refused()
    the_organization_is_whole()
    roles_and_sessions_bind()
    the_simulator_tells_what_is_denied()
    delegated_administrator_and_units()
    a_secret_turns_over()
    a_parameter_lives_and_dies()
    objects_come_and_go()
    what_is_locked_stays()
    the_trail_tells_who_did_it()
    another_partition(aws)
    the_command_line_agrees(aws, users)
    print("agreed")


main()
