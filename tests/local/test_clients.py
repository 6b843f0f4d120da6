from concurrent.futures import ThreadPoolExecutor

import pytest
from botocore.exceptions import EndpointConnectionError

from tablewright.local.clients import Clients

SERVICES = ["cloudwatch", "dynamodb", "dynamodbstreams", "ec2", "iam", "sns", "ssm", "sts"]


def test_every_client_speaks_to_the_endpoint_with_the_emulator_s_credentials(monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "a-real-one")
    clients = Clients("http://127.0.0.1:1", "eu-north-1")

    for service in SERVICES:
        client = getattr(clients, service)
        assert client.meta.endpoint_url == "http://127.0.0.1:1"
        assert client._request_signer._credentials.access_key == "test"


@pytest.mark.parametrize(
    "settings",
    [
        {"AWS_PROFILE": "nope"},
        {"AWS_DEFAULT_PROFILE": "nope"},
        {"AWS_CONFIG_FILE": "broken"},
        {"AWS_SHARED_CREDENTIALS_FILE": "broken"},
    ],
    ids=",".join,
)
def test_the_user_s_aws_configuration_does_not_matter(monkeypatch, tmp_path, settings):
    (tmp_path / "broken").write_text("no [file\n")
    monkeypatch.chdir(tmp_path)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)

    client = Clients("http://127.0.0.1:1", "eu-north-1").dynamodb

    with pytest.raises(EndpointConnectionError):
        client.list_tables()
    assert client._request_signer._credentials.access_key == "test"
    assert client.meta.region_name == "eu-north-1"


def test_threads_share_one_client_a_service():
    clients = Clients("http://127.0.0.1:1", "eu-north-1")

    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda _: clients.ssm, range(16)))

    assert len({id(client) for client in made}) == 1


def test_another_region_has_clients_of_its_own_at_the_same_endpoint():
    clients = Clients("http://127.0.0.1:1", "eu-north-1")

    elsewhere = clients.in_region("eu-west-1")

    assert (elsewhere.region, elsewhere.endpoint) == ("eu-west-1", clients.endpoint)
    assert clients.in_region("eu-west-1") is elsewhere
    assert clients.in_region(None) is clients
    assert clients.in_region("eu-north-1") is clients
