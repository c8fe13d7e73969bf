"""Someone else in the account who calls IAM as fast as it goes, until terminated. Run by the benchmark."""

import concurrent.futures

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

THREADS = 16


def drain(iam) -> None:
    while True:
        try:
            iam.get_account_summary()
        except ClientError:
            # Throttled, which is the point.
            continue


def main() -> None:
    iam = boto3.client("iam", config=Config(max_pool_connections=THREADS, retries={"total_max_attempts": 1}))
    with concurrent.futures.ThreadPoolExecutor(THREADS) as pool:
        for _ in range(THREADS):
            pool.submit(drain, iam)


main()
