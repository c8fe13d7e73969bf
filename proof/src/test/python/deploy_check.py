"""Validates what is in deploy/ with the field's own tools, and tells as JSON what it found and which policies it met."""
import configparser
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import tomllib

import cfnlint.decode
import hcl2
import yaml

ROOT = pathlib.Path(sys.argv[1])
BIN = pathlib.Path(sys.executable).parent


def tool(*words):
    """What a tool complains of; nothing where it is content."""
    done = subprocess.run([BIN / words[0], *map(str, words[1:])], capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def systemd():
    """What systemd says of the units, with a program that is there in the place of Keyturn; it warns and exits with 0."""
    with tempfile.TemporaryDirectory() as folder:
        units = [shutil.copy(path, folder) for path in sorted(ROOT.glob("systemd/keyturn.*"))]
        for unit in map(pathlib.Path, units):
            unit.write_text(unit.read_text().replace("/opt/keyturn/keyturn", "/bin/true"))
        done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
        return done.stdout + done.stderr + ("" if units and done.returncode == 0 else f"exit {done.returncode}")


def plain(value):
    """A template's text as it would be in the partition aws."""
    if isinstance(value, dict):
        if "Fn::Sub" in value:
            return value["Fn::Sub"].replace("${AWS::Partition}", "aws").replace("${CreatePath}", "")
        return {str(key): plain(one) for key, one in value.items()}
    return [plain(one) for one in value] if isinstance(value, list) else value


def template(path):
    return cfnlint.decode.decode(str(path))[0]["Resources"]


def charts():
    board = json.loads((ROOT / "wavefront/dashboard.json").read_text())
    return [source["query"] for section in board["sections"] for row in section["rows"]
            for chart in row["charts"] for source in chart["sources"]]


manifests = [path for path in sorted([*ROOT.glob("kubernetes/*/*.yaml"), ROOT / "telegraf/kubernetes.yaml"])
             if path.name not in ("kustomization.yaml", "keyturn.yaml")]
roles = template(ROOT / "stackset/roles.yaml")
lambdas = template(ROOT / "lambda/template.yaml")
profiles = configparser.ConfigParser()
profiles.read(ROOT / "telegraf/aws-config")
terraform = [hcl2.loads(path.read_text()) for path in sorted(ROOT.glob("terraform/*.tf"))]
print(json.dumps({
    "complaints": {
        "cloudformation": tool("cfn-lint", ROOT / "lambda/template.yaml", ROOT / "stackset/roles.yaml"),
        "docker": tool("hadolint", ROOT / "docker/Dockerfile"),
        "telegraf": tool("hadolint", ROOT / "telegraf/Dockerfile"),
        "kubernetes": "".join(tool("kubernetes-validate", "--strict", path) for path in manifests),
        "github": tool("check-jsonschema", "--builtin-schema", "vendor.github-workflows", ROOT / "github/keyturn.yml"),
        "gitlab": tool("check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci",
                       ROOT / "gitlab/keyturn.gitlab-ci.yml"),
        "systemd": systemd(),
        "stepfunctions": tool("statelint", ROOT / "stepfunctions/state-machine.asl.json"),
    },
    "lambda": plain(lambdas["Function"]["Properties"]["Policies"][0]),
    "own folder": plain(lambdas["OwnFolder"]["Properties"]["PolicyDocument"]),
    "read": plain(roles["Read"]["Properties"]["Policies"][0]["PolicyDocument"]),
    "act": plain(roles["ActOnKeys"]["Properties"]["Policies"][0]["PolicyDocument"]),
    "create": plain(roles["MakeKeys"]["Properties"]["Policies"][0]["PolicyDocument"]),
    "terraform": json.loads((ROOT / "terraform/policy.json").read_text()),
    "resources": sorted(str(kind).strip('"') for file in terraform for one in file.get("resource", []) for kind in one),
    "manifests": [one for path in manifests for one in yaml.safe_load_all(path.read_text())],
    "kustomizations": [yaml.safe_load(path.read_text()) | {"at": str(path.parent)}
                       for path in sorted(ROOT.glob("kubernetes/*/kustomization.yaml"))],
    "charts": charts(),
    "profiles": {name: dict(profiles[name]) for name in profiles.sections()},
    "telegraf": tomllib.loads((ROOT / "telegraf/telegraf.conf").read_text()),
    "serverless": yaml.safe_load((ROOT / "lambda/serverless.example.yml").read_text()),
}))
