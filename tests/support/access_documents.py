"""Policy documents for tests, in the words of IAM."""

from __future__ import annotations

import json

ACCOUNT = "123456789012"
TABLE_ARN = f"arn:aws:dynamodb:us-east-1:{ACCOUNT}:table/dropify-prod-files"


def statement(actions, resources=TABLE_ARN, **more):
    """Give an Allow statement; keywords are further elements, or replace some."""
    return {"Effect": "Allow", "Action": actions, "Resource": resources, **more}


def document(*statements):
    """Give a document as JSON."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def inputs(*statements, name="dropify-prod-shop-api"):
    """Give the inputs of a managed policy."""
    return {"name": name, "policy": document(*statements)}
