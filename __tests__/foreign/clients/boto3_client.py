"""Calls AWS operations with boto3: a JSON request per line in, a JSON answer per line out."""

import base64
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
    """Payload streams as text, bytes as base64, dates as ISO 8601."""
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value.read().decode() if hasattr(value, "read") else value.isoformat()


for line in sys.stdin:
    request = json.loads(line)
    call = getattr(client(request["service"]), xform_name(request["operation"]))
    given = {
        name: base64.b64decode(value) if name in ("Message", "Mac") else value
        for name, value in request["input"].items()
    }
    try:
        output = call(**given)
        del output["ResponseMetadata"]
        answer = {"output": output}
    except ClientError as error:
        answer = {"refused": error.response["Error"]["Code"]}
    print(json.dumps(answer, default=plain), flush=True)
