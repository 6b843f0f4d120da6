"""Ways to change the arguments of a request, so that it is another one."""

import re


def setting(**arguments):
    return lambda request: {**request, **arguments}


def without(name):
    return lambda request: {key: value for key, value in request.items() if key != name}


def rewriting(name, old, new):
    """Change the text of an expression, which must contain what is replaced."""

    def change(request):
        assert re.search(old, request[name]), request[name]
        return {**request, name: re.sub(old, new, request[name])}

    return change


def valued(alias, value):
    def change(request):
        values = request["ExpressionAttributeValues"]
        assert alias in values
        return {**request, "ExpressionAttributeValues": {**values, alias: value}}

    return change


def in_item(name, value):
    return lambda request: {**request, "Item": {**request["Item"], name: value}}


def in_part(number, change):
    """Change one part of a transaction."""

    def changing(request):
        ((verb, body),) = request.get("TransactItems", [{"": {}}])[number].items()
        if verb:
            request["TransactItems"][number] = {verb: change(body)}
        return request

    return changing


def swapped(request):
    parts = request.get("TransactItems", [])
    parts[1:3] = parts[2:0:-1]


def shortened(request):
    if "TransactItems" in request:
        del request["TransactItems"][2:]


def longer_token(request):
    if "TransactItems" in request:
        request["ClientRequestToken"] = "t" * 37


def first_shard(request):
    name = request["ExpressionAttributeValues"][":GSI2PK"]["S"]
    return valued(":GSI2PK", {"S": f"{name[:-1]}0"})(request)
