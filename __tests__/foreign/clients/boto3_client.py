"""Calls AWS with boto3: a JSON request per line in, a JSON answer per line out.

A request names an operation, a waiter or a paginator of a service.
"""

import base64
import json
import sys

import boto3
import botocore.model
import emulated_time  # noqa: F401
from botocore import xform_name
from botocore.exceptions import ClientError, WaiterError

NAMES = {"elasticloadbalancing": "elbv2"}
CBOR = "smithy-rpc-v2-cbor"
clients = {}

# Where a model lists both, botocore takes JSON, in which the AWS CLI asks already. This process takes CBOR.
preferred = botocore.model.PRIORITY_ORDERED_SUPPORTED_PROTOCOLS
botocore.model.PRIORITY_ORDERED_SUPPORTED_PROTOCOLS = (CBOR, *preferred)


def client(service):
    if service not in clients:
        clients[service] = boto3.client(NAMES.get(service, service))
    return clients[service]


def plain(value):
    """Payload streams as text, bytes as base64, dates as ISO 8601."""
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value.read().decode() if hasattr(value, "read") else value.isoformat()


def call(service, operation, given):
    given = {
        name: base64.b64decode(value) if name in ("Message", "Mac") else value
        for name, value in given.items()
    }
    output = getattr(service, xform_name(operation))(**given)
    del output["ResponseMetadata"]
    return {"output": output}


def wait(service, waiter, given):
    service.get_waiter(waiter).wait(**given)
    return {"output": {}}


def paginate(service, operation, given):
    pages = list(service.get_paginator(xform_name(operation)).paginate(**given))
    whole = service.get_paginator(xform_name(operation)).paginate(**given).build_full_result()
    return {"output": whole, "pages": len(pages)}


def about(service, operations, _):
    """What botocore's model says: the protocol in use, and which operations come in pages."""
    paged = [name for name in operations if service.can_paginate(xform_name(name))]
    return {"output": {"protocol": service.meta.service_model.resolved_protocol, "paged": paged}}


KINDS = {"operation": call, "waiter": wait, "paginator": paginate, "about": about}

for line in sys.stdin:
    request = json.loads(line)
    try:
        kind = next(name for name in KINDS if name in request)
        answer = KINDS[kind](client(request["service"]), request[kind], request["input"])
    except ClientError as error:
        answer = {"refused": error.response["Error"]["Code"]}
    except WaiterError as error:
        answer = {"refused": str(error)}
    print(json.dumps(answer, default=plain), flush=True)
