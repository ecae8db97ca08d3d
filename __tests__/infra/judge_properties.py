"""
Judges resolved resources of a template, read as JSON from standard input, by what ships with two
packages: CloudFormation's registry schemas (cfn-lint) and the models of the calls that CloudFormation
makes of the properties (botocore), constraints that stand only in a model's documentation included.
Prints a JSON list of problems; standard input: {"region", "resources", "calls"} (calls.ts); without
calls, the registry alone judges.
"""

import json
import re
import sys

import botocore.session
import jsonschema
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

try:
    # Models have classes such as \p{L}, which `re` does not know.
    import regex as patterns
except ImportError:
    patterns = re

INPUT = json.load(sys.stdin)
SESSION = botocore.session.get_session()
PROBLEMS = []


def problem(where, text):
    PROBLEMS.append(f"{where}: {text}")


def number_of(value):
    """Parameters come as texts; CloudFormation makes numbers of them where numbers are wanted."""
    if isinstance(value, str) and re.fullmatch(r"-?\d+(\.\d+)?", value):
        return float(value) if "." in value else int(value)
    return value


# CloudFormation's registry ---


def coerced(value, schema, root):
    """Numbers for texts where the schema wants numbers."""
    while "$ref" in schema:
        target = root
        for step in schema["$ref"].split("/")[1:]:
            target = target[step]
        schema = target
    if schema.get("type") in ("integer", "number"):
        return number_of(value)
    if isinstance(value, list):
        return [coerced(each, schema.get("items", {}), root) for each in value]
    if isinstance(value, dict):
        members = schema.get("properties", {})
        return {name: coerced(each, members.get(name, {}), root) for name, each in value.items()}
    return value


CLASSES = {r"\\p{L}": "a-zA-Z\u00aa-\uffff", r"\\p{Z}": r"\\s", r"\\p{N}": "0-9", r"\\p{Print}": "[ -~]"}


def readable(schema):
    """The schema with classes that `re`, which jsonschema uses, does not know written out."""
    text = json.dumps(schema)
    for unknown, known in CLASSES.items():
        text = text.replace(unknown, known)
    return json.loads(text)


def by_registry(name, kind, properties):
    schema = readable(PROVIDER_SCHEMA_MANAGER.get_resource_schema(INPUT["region"], kind).schema)
    # A property that may only be read is none that a template may set.
    for path in schema.get("readOnlyProperties", []):
        steps = path.split("/")[2:]
        if len(steps) == 1 and steps[0] in properties:
            problem(f"{name}.{steps[0]}", "can only be read")
    validator = jsonschema.Draft7Validator(schema)
    for error in validator.iter_errors(coerced(properties, schema, schema)):
        where = ".".join([name, *map(str, error.absolute_path)])
        problem(where, f"registry: {error.message[:200]}")


# The calls ---


def by_shape(where, value, shape, service):
    kind = shape.type_name
    # A member's own words stand in place of its shape's.
    words = f"{shape.documentation} {service.shape_for(shape.name).documentation}"
    if kind == "structure":
        if not isinstance(value, dict):
            return problem(where, "wanted a structure")
        for member in value:
            if member not in shape.members:
                problem(where, f"no member {member}")
        for member in shape.required_members:
            if member not in value:
                problem(where, f"{member} is missing")
        for member, each in value.items():
            if member in shape.members:
                by_shape(f"{where}.{member}", each, shape.members[member], service)
    elif kind == "list":
        if not isinstance(value, list):
            return problem(where, "wanted a list")
        within(where, len(value), shape.metadata, "entries")
        for index, each in enumerate(value):
            by_shape(f"{where}[{index}]", each, shape.member, service)
    elif kind == "map":
        if not isinstance(value, dict):
            return problem(where, "wanted a map")
        within(where, len(value), shape.metadata, "entries")
        for key, each in value.items():
            by_shape(f"{where} ({key})", key, shape.key, service)
            by_shape(f"{where}.{key}", each, shape.value, service)
    elif kind in ("integer", "long", "float", "double"):
        found = number_of(value)
        if isinstance(found, bool) or not isinstance(found, (int, float)):
            return problem(where, "wanted a number")
        within(where, found, {**shape.metadata, **documented(words, "value")}, "")
    elif kind == "boolean":
        if not isinstance(value, bool) and value not in ("true", "false"):
            problem(where, "wanted true or false")
    elif kind == "string":
        by_text(where, value, shape, words)
    else:
        problem(where, f"nobody has said here what a {kind} is")


def by_text(where, value, shape, words):
    if not isinstance(value, str):
        return problem(where, "wanted a text")
    rules = shape.metadata
    within(where, len(value), {**rules, **documented(words, "length")}, "characters")
    if rules.get("enum") and value not in rules["enum"]:
        problem(where, f"{value} is none of {', '.join(rules['enum'])}")
    if "pattern" in rules and not patterns.search(rf"^(?:{rules['pattern']})$", value):
        problem(where, f"{value} does not match {rules['pattern']}")
    for needed in set(re.findall(r"must include at least (\$[\w.]+\w)", words)):
        if not re.search(re.escape(needed) + r"(?![\w.])", value):
            problem(where, f"must include {needed}")


def documented(words, what):
    """What API Gateway's and Lambda's models say in words alone."""
    found = re.search(rf"{what} between \[(\d+)-(\d+)\]", words)
    most = re.search(rf"maximum allowed {what} is (\d+)", words)
    return {
        **({"min": int(found[1]), "max": int(found[2])} if found else {}),
        **({"max": int(most[1])} if most else {}),
    }


def within(where, found, rules, unit):
    if "min" in rules and found < rules["min"]:
        problem(where, f"{found} {unit} are fewer than {rules['min']}".replace("  ", " "))
    if "max" in rules and found > rules["max"]:
        problem(where, f"{found} {unit} are more than {rules['max']}".replace("  ", " "))


def by_calls(name, kind, properties):
    entry = INPUT["calls"].get(kind)
    if entry is None:
        return problem(name, f"nobody has said here which call makes a {kind}")
    service = SESSION.get_service_model(entry["service"])
    main = {}
    for own, value in properties.items():
        how = entry.get("members", {}).get(own, {})
        if how.get("none"):
            continue
        renamed = how.get("renamed", {})
        if renamed:
            value = {renamed.get(member, member): each for member, each in value.items()}
        if how.get("json") and not isinstance(value, str):
            value = json.dumps(value, separators=(",", ":"))
        member = how.get("member", own)
        if "call" not in how:
            main[member] = {**how.get("implied", {}), **value} if "implied" in how else value
            continue
        shape = service.operation_model(how["call"]).input_shape
        for index, each in enumerate(value if how.get("each") else [value]):
            where = f"{name}.{own}" + (f"[{index}]" if how.get("each") else "")
            parts = each if how.get("spread") else {member: each}
            for part, text in parts.items():
                if part not in shape.members:
                    problem(where, f"{how['call']} has no {part}")
                    continue
                if part in how.get("jsonParts", []):
                    text = json.dumps(text, separators=(",", ":"))
                by_shape(f"{where} {how['call']}.{part}", text, shape.members[part], service)
    for member in entry.get("made", []):
        main.setdefault(member, None)
    shape = service.operation_model(entry["call"]).input_shape
    for member in shape.required_members:
        if member not in main:
            problem(name, f"{entry['call']}.{member} is missing")
    for member, value in main.items():
        if member in entry.get("made", []) and value is None:
            continue
        if member not in shape.members:
            problem(name, f"{entry['call']} has no {member}")
        else:
            by_shape(f"{name} {entry['call']}.{member}", value, shape.members[member], service)


for logical, resource in INPUT["resources"].items():
    by_registry(logical, resource["Type"], resource["Properties"])
    if INPUT.get("calls") is not None:
        by_calls(logical, resource["Type"], resource["Properties"])
print(json.dumps(PROBLEMS))
