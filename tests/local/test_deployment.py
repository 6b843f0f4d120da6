"""Small programs, deployed from end to end: recorder, backend, handlers, emulator."""

import contextlib
import json
import os
import signal
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from textwrap import dedent

import pytest

from tablewright.local.deployment import deploy
from tablewright.local.emulator import Emulator
from tablewright.local.errors import EmulatorError, RefusedError, UnsupportedTypeError
from tablewright.recorder import ProgramError

HEAD = """
import json
import pulumi
import pulumi_aws as aws
"""
TABLE = """
table = aws.dynamodb.Table(
    "files", name="files", billing_mode="PAY_PER_REQUEST", hash_key="userId",
    attributes=[{"name": "userId", "type": "S"}],
    stream_enabled=True, stream_view_type="KEYS_ONLY",
)
"""
POLICY = """
aws.iam.Policy("api", name="api", policy="{}")
"""
STORE = f"""
{HEAD}
{TABLE}
scope = ":".join([
    aws.get_partition().partition, "dynamodb", aws.get_region().region,
    aws.get_caller_identity().account_id,
])
arn = f"arn:{{scope}}:table/files"
statement = {{"Effect": "Allow", "Action": "dynamodb:GetItem", "Resource": arn}}
document = {{"Version": "2012-10-17", "Statement": [statement]}}
aws.iam.Policy("api", name="api", policy=json.dumps(document))
aws.ssm.Parameter("name", name="/files/table-arn", type="String", value=table.arn)
pulumi.export("stream", table.stream_arn)
"""


@pytest.fixture
def project(tmp_path):
    (tmp_path / "Pulumi.yaml").write_text("name: tiny\nruntime: python\n")
    (tmp_path / "Pulumi.local.yaml").write_text("config:\n  aws:region: eu-north-1\n")

    def write(program):
        (tmp_path / "__main__.py").write_text(dedent(program))
        return tmp_path

    return write


def test_a_program_is_found_in_the_emulator_as_it_was_registered(emulator, clients, project):
    deployment = deploy(project(STORE), "local", emulator.endpoint)

    found = clients.dynamodb.describe_table(TableName="files")["Table"]
    table = deployment.recording.only("aws:dynamodb/table:Table")
    assert table.outputs["arn"] == found["TableArn"]
    assert deployment.recording.exports["stream"] == found["LatestStreamArn"]
    parameter = clients.ssm.get_parameter(Name="/files/table-arn")["Parameter"]
    assert parameter["Value"] == found["TableArn"]
    policy = deployment.recording.only("aws:iam/policy:Policy")
    version = clients.iam.get_policy_version(PolicyArn=policy.id, VersionId="v1")
    [statement] = version["PolicyVersion"]["Document"]["Statement"]
    assert statement["Resource"] == found["TableArn"]
    assert json.loads(policy.outputs["policy"])["Statement"] == [statement]


def test_the_deployment_s_clients_look_at_the_same_account(emulator, clients, project):
    deployment = deploy(project(HEAD + TABLE), "local", emulator.endpoint)

    assert deployment.region == clients.region
    assert deployment.clients.dynamodb.list_tables()["TableNames"] == ["files"]


@pytest.mark.usefixtures("clients")
def test_progress_hears_of_every_created_resource(emulator, project):
    heard = []

    deploy(project(STORE), "local", emulator.endpoint, lambda one: heard.append(one.name))

    assert sorted(heard) == ["api", "files", "name"]


@pytest.mark.usefixtures("clients")
def test_a_resource_that_cannot_be_created_is_named_with_the_original_error(emulator, project):
    program = project(STORE)
    deploy(program, "local", emulator.endpoint)

    with pytest.raises(ProgramError, match=r"aws:\S+ '\w+' \(__main__.py:\d+\): .*(E|e)xists"):
        deploy(program, "local", emulator.endpoint)


def test_what_fails_the_check_is_not_created(emulator, clients, project):
    program = HEAD + TABLE.replace('stream_view_type="KEYS_ONLY",', "")

    with pytest.raises(
        ProgramError, match=r"Table 'files' .*streamViewType: is required"
    ) as caught:
        deploy(project(program), "local", emulator.endpoint)

    assert isinstance(caught.value.__cause__, RefusedError)
    assert clients.dynamodb.list_tables()["TableNames"] == []


@pytest.mark.usefixtures("clients")
def test_a_type_without_a_handler_is_told_with_the_file_to_add(emulator, project):
    program = HEAD + 'aws.sqs.Queue("queue", name="queue")'

    with pytest.raises(ProgramError, match=r"'queue' .*local/resources/queue\.py") as caught:
        deploy(project(program), "local", emulator.endpoint)

    assert isinstance(caught.value.__cause__, UnsupportedTypeError)


def test_a_resource_of_another_region_is_created_there(emulator, clients, project):
    program = HEAD + TABLE.replace('"files", name', '"files", region="eu-west-1", name')

    deployment = deploy(project(program), "local", emulator.endpoint)

    assert clients.dynamodb.list_tables()["TableNames"] == []
    elsewhere = clients.in_region("eu-west-1")
    assert elsewhere.dynamodb.list_tables()["TableNames"] == ["files"]
    assert ":eu-west-1:" in deployment.recording.only("aws:dynamodb/table:Table").outputs["arn"]


def test_an_emulator_that_dies_half_way_stops_the_run(project):
    program, mortal = project(STORE), Emulator()

    def kill(_):
        # Several resources may be created before the first failure is noticed.
        with contextlib.suppress(ProcessLookupError):
            os.kill(mortal.pid, signal.SIGKILL)

    with pytest.raises(EmulatorError, match="exit status -9") as caught, mortal as emulator:
        deploy(program, "local", emulator.endpoint, kill)

    assert isinstance(caught.value.__cause__, ProgramError)
    assert "does not answer; it has stopped" in str(caught.value.__cause__)


def test_an_endpoint_where_nothing_serves_is_told_as_such(project):
    with pytest.raises(ProgramError, match=r"emulator at http://127.0.0.1:9 does not answer"):
        deploy(project(STORE), "local", "http://127.0.0.1:9")


def test_an_answer_that_breaks_off_is_told_as_silence(project):
    class Dying(BaseHTTPRequestHandler):
        def do_POST(self):
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Dying) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        endpoint = f"http://127.0.0.1:{server.server_port}"
        with pytest.raises(ProgramError, match=r"does not answer; it has stopped"):
            deploy(project(HEAD + POLICY), "local", endpoint)
        server.shutdown()
