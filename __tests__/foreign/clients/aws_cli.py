"""Runs the AWS CLI in this process: a JSON list of arguments per line in, what it ended in as JSON per line out."""

import contextlib
import io
import json
import sys

import emulated_time  # noqa: F401
from awscli.clidriver import create_clidriver

answers = sys.stdout
for line in sys.stdin:
    stdout, stderr = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(stdout), contextlib.redirect_stderr(stderr):
        # A driver of its own for every command, as the program has.
        code = create_clidriver().main(json.loads(line))
    ended = {"code": code, "stdout": stdout.getvalue(), "stderr": stderr.getvalue()}
    print(json.dumps(ended), file=answers, flush=True)
