"""A client of the application's own is watched like the one that is made here."""

import boto3
import pytest

from tablewright.data_access.connection import connect
from tablewright.data_access.errors import ServiceUnavailable, UnknownOutcome
from tablewright.data_access.transport import fast_path
from tablewright.data_access.transport.timing import Patience
from tests.support.clocks import SteppingClock


@pytest.mark.parametrize(
    ("operation", "event", "kind"),
    [
        ("get_item", "GetItem", ServiceUnavailable),
        ("delete_item", "DeleteItem", UnknownOutcome),
    ],
)
def test_nonsense_is_never_taken_for_an_absent_item(operation, event, kind):
    session = boto3.session.Session(aws_access_key_id="test", aws_secret_access_key="test")
    client = session.client("dynamodb", region_name="us-east-1")
    client.meta.events.register(
        f"before-send.dynamodb.{event}",
        lambda request, **_: fast_path.canned(request, 200, b'{"Item": '),
    )
    connection = connect(client=client, patience=Patience(clock=SteppingClock()))
    with pytest.raises(kind):
        connection.wire.send(operation, TableName="t", Key={"PK": {"S": "a"}})
