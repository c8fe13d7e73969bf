"""Checks findings for other systems against what is published: python check_findings.py ocsf|asff < findings

ocsf: each line against the JSON schema of the class Compliance Finding with the profile "cloud", made of the published
schemas of OCSF 1.5.0 and every later version that the package ocsf-json-schema holds.
asff: the array against AWS's own service model of BatchImportFindings, in pieces of 100, by the validator of botocore.
Prints each fault on a line of its own, and ends with 1 where there is one.
"""
import json
import sys

faults = []


def ocsf(text):
    import jsonschema
    from ocsf_json_schema import OcsfJsonSchemaEmbedded, get_ocsf_schema, get_packaged_versions

    versions = sorted(v for v in get_packaged_versions() if "-" not in v and tuple(map(int, v.split("."))) >= (1, 5, 0))
    if versions[0] != "1.5.0" or len(versions) < 3:
        faults.append(f"the package holds the versions {versions}")
    events = [json.loads(line) for line in text.splitlines()]
    for version in versions:
        schema = OcsfJsonSchemaEmbedded(get_ocsf_schema(version)).get_class_schema("compliance_finding", profiles=["cloud"])
        validator = jsonschema.Draft202012Validator(schema)
        for event in events:
            for error in validator.iter_errors(event):
                faults.append(f"{version}: {error.json_path}: {error.message}")
    return len(events)


def asff(text):
    from botocore.loaders import Loader
    from botocore.model import ServiceModel
    from botocore.validate import ParamValidator

    model = ServiceModel(Loader().load_service_model("securityhub", "service-2"), "securityhub")
    shape = model.operation_model("BatchImportFindings").input_shape
    findings = json.loads(text)
    for start in range(0, len(findings), 100):
        report = ParamValidator().validate({"Findings": findings[start : start + 100]}, shape)
        if report.has_errors():
            faults.append(report.generate_report())
    for finding in findings:
        closed(finding, model.shape_for("AwsSecurityFinding"), finding["Id"])
        if len(finding["Title"]) > 256 or len(finding["Description"]) > 1024 or len(finding["Id"]) > 512:
            faults.append(f"{finding['Id']}: a text is longer than the API reference allows")
    if len({finding["Id"] for finding in findings}) != len(findings):
        faults.append("two findings have one Id")
    return len(findings)


def closed(value, shape, where):
    """What botocore does not check: members nobody knows, words outside an enumeration, blank texts."""
    if shape.type_name == "structure":
        for name, part in value.items():
            if name not in shape.members:
                faults.append(f"{where}.{name}: no such member")
            else:
                closed(part, shape.members[name], f"{where}.{name}")
    elif shape.type_name == "list":
        for part in value:
            closed(part, shape.member, where)
    elif shape.type_name == "string":
        if shape.enum and value not in shape.enum:
            faults.append(f"{where}: {value} is none of {shape.enum}")
        if shape.name == "NonEmptyString" and not value.strip():
            faults.append(f"{where}: is blank")


count = {"ocsf": ocsf, "asff": asff}[sys.argv[1]](sys.stdin.read())
print("\n".join(faults) if faults else f"{count} findings, no fault")
sys.exit(1 if faults else 0)
