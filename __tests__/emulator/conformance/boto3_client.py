"""Calls AWS operations with boto3: a JSON request per line in, a JSON answer per line out."""

import json
import sys

import boto3
from botocore import xform_name
from botocore.exceptions import ClientError

NAMES = {"elasticloadbalancing": "elbv2"}
clients = {}


def client(service):
    if service not in clients:
        clients[service] = boto3.client(NAMES.get(service, service))
    return clients[service]


def plain(value):
    """Payload streams as text, dates as ISO 8601."""
    return value.read().decode() if hasattr(value, "read") else value.isoformat()


for line in sys.stdin:
    request = json.loads(line)
    call = getattr(client(request["service"]), xform_name(request["operation"]))
    try:
        output = call(**request["input"])
        del output["ResponseMetadata"]
        answer = {"output": output}
    except ClientError as error:
        answer = {"refused": error.response["Error"]["Code"]}
    print(json.dumps(answer, default=plain), flush=True)
