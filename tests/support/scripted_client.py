"""A client that answers by a script, without network, and what a wire makes of it."""

from botocore import exceptions as sdk

from tablewright.data_access.errors import DataAccessError
from tablewright.data_access.transport.failures import Cancelled, ConditionFailed
from tablewright.data_access.transport.timing import Patience
from tablewright.data_access.transport.wire import Wire
from tests.support.clocks import SteppingClock


def refused(code, message="", status=400, **fields):
    metadata = {"HTTPStatusCode": status}
    response = {"Error": {"Code": code, "Message": message}, "ResponseMetadata": metadata}
    return sdk.ClientError({**response, **fields}, "Operation")


def cancelled(*codes, **of_last):
    reasons = [{"Code": code} for code in codes]
    reasons[-1] |= of_last
    return refused("TransactionCanceledException", CancellationReasons=reasons)


class Client:
    """Answers with what it was given, one after the other; the last one for ever."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.requests = []

    def __getattr__(self, operation):
        def call(**request):
            self.requests.append((operation, request))
            answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
            if isinstance(answer, Exception):
                raise answer
            return answer

        return call


def send(operation, *answers, **request):
    client, clock = Client(*answers), SteppingClock()
    patience = Patience(deadline_seconds=5, clock=clock, chance=lambda: 1.0)
    try:
        result = Wire(client, patience).send(operation, **request)
    except (DataAccessError, ConditionFailed, Cancelled) as error:
        return error, client, clock
    return result, client, clock
