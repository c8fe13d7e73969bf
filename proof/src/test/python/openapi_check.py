"""Holds a server against its own description: schemathesis makes requests from it, right and wrong ones.

openapi_check.py URL KEY: KEY is the name of a key that there is.
"""

import os
import sys
import tempfile

from schemathesis.cli import schemathesis

CONFIG = """
[cache]
enabled = false
[dictionaries.keys]
values = ["{key}"]
[parameters]
"path.name" = {{ dictionary = "keys", probability = 0.7 }}
"""

url, key = sys.argv[1:]
# Whatever it keeps of its own is kept where nobody looks for it again.
os.chdir(tempfile.mkdtemp())
with open("schemathesis.toml", "w", encoding="utf-8") as config:
    config.write(CONFIG.format(key=key))
schemathesis(
    ["--config-file", "schemathesis.toml", "run", url + "/api/v1/openapi.json", "--url", url]
    + ["--max-examples", "5", "--generation-deterministic"]
    + ["--checks", "all", "--continue-on-failure", "--no-color"]
)
