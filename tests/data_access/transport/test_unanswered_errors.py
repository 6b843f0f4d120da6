"""It is decided for every class of botocore's errors whether a request can have arrived."""

import inspect

import pytest
from botocore import exceptions as sdk

from tablewright.data_access.errors import InvalidInput, Misconfigured
from tablewright.data_access.transport.failures import Again, TryAgain
from tablewright.data_access.transport.judgement import judge
from tablewright.data_access.transport.unanswered_errors import Silence
from tablewright.data_access.transport.unanswered_errors import judge as silence_of

DECIDED = {
    Silence.NOT_SENT: "ConnectTimeoutError EndpointConnectionError ProxyConnectionError",
    Silence.HELD_BACK: "CapacityNotAvailableError",
    Silence.UNANSWERED: """
        ChecksumError ConnectionClosedError ConnectionError FlexibleChecksumError HTTPClientError
        IncompleteReadError ReadTimeoutError ResponseStreamingError SSLError""",
    Silence.MALFORMED: """
        AliasConflictParameterError MissingParametersError ParamValidationError RangeError
        UnknownKeyError UnknownParameterError ValidationError""",
    Silence.SURROUNDINGS: """
        ApiVersionNotFoundError AwsChunkedWrapperError BaseEndpointResolverError BotoCoreError
        ConfigNotFound ConfigParseError CredentialRetrievalError DataNotFoundError
        EndpointProviderError EndpointResolutionError EndpointVariantError
        InfiniteLoopConfigError InvalidChecksumConfigError InvalidConfigError InvalidDNSNameError
        InvalidDefaultsMode InvalidEndpointConfigurationError
        InvalidEndpointDiscoveryConfigurationError InvalidExpressionError InvalidHostLabelError
        InvalidIMDSEndpointError InvalidIMDSEndpointModeError InvalidMaxRetryAttemptsError
        InvalidProxiesConfigError InvalidRegionError InvalidRetryConfigurationError
        InvalidRetryModeError InvalidS3AddressingStyleError
        InvalidS3UsEast1RegionalEndpointConfigError InvalidSTSRegionalEndpointsConfigError
        LoginAuthorizationCodeError LoginError LoginInsufficientPermissions LoginRefreshRequired
        LoginTokenLoadError MD5UnavailableError MetadataRetrievalError MissingDependencyException
        NoAuthTokenError NoCredentialsError NoRegionError OperationNotPageableError
        PaginationError PartialCredentialsError ProfileNotFound RefreshWithMFAUnsupportedError
        SSOError SSOTokenLoadError ServiceNotInRegionError StubAssertionError StubResponseError
        TokenRetrievalError UnStubbedResponseError UnauthorizedSSOTokenError
        UnknownClientMethodError UnknownCredentialError UnknownEndpointError
        UnknownEndpointResolutionBuiltInName UnknownFIPSEndpointError UnknownRegionError
        UnknownServiceError UnknownServiceStyle UnknownSignatureVersionError
        UnknownTokenProviderError UnseekableStreamError UnsupportedOutpostResourceError
        UnsupportedS3AccesspointConfigurationError UnsupportedS3ArnError
        UnsupportedS3ConfigurationError UnsupportedS3ControlArnError
        UnsupportedS3ControlConfigurationError UnsupportedServiceProtocolsError
        UnsupportedSignatureVersionError WaiterConfigError WaiterError""",
}
NAMES = {name: silence for silence, names in DECIDED.items() for name in names.split()}
# These are answers, warnings, or raised where clients are generated.
OTHERS = {
    "ClientError",
    "EventStreamError",
    "MissingServiceIdError",
    "UndefinedModelAttributeError",
}
CLASSES = {
    name: each
    for name, each in inspect.getmembers(sdk, inspect.isclass)
    if each.__module__ == sdk.__name__ and issubclass(each, Exception)
}


def test_every_error_of_the_installed_botocore_is_decided_here():
    warnings = {name for name, each in CLASSES.items() if issubclass(each, Warning)}
    assert set(CLASSES) - warnings - OTHERS == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_an_error_without_answer_is_what_was_decided(name):
    assert silence_of(made(name)) is NAMES[name]


def made(name):
    """Return an error of a class, whatever words its message needs."""
    error = CLASSES[name].__new__(CLASSES[name])
    error.args = (name,)
    error.kwargs = {}
    return error


@pytest.mark.parametrize("writes", [True, False])
@pytest.mark.parametrize("name", NAMES)
def test_each_decision_becomes_another_try_or_an_error(name, writes):
    error = judge(made(name), "operation", writes=writes)
    expected = {
        Silence.NOT_SENT: Again.UNAVAILABLE,
        Silence.HELD_BACK: Again.THROTTLED,
        Silence.UNANSWERED: Again.UNANSWERED if writes else Again.UNAVAILABLE,
        Silence.MALFORMED: InvalidInput,
        Silence.SURROUNDINGS: Misconfigured,
    }[NAMES[name]]
    assert (error.why if isinstance(error, TryAgain) else type(error)) is expected


def test_a_certificate_that_is_not_trusted_is_told_at_once():
    told = "[SSL: CERTIFICATE_VERIFY_FAILED] self-signed certificate in certificate chain"
    error = sdk.SSLError(endpoint_url="https://dynamodb.example.com", error=told)
    assert isinstance(judge(error, "put_item", writes=True), Misconfigured)


@pytest.mark.parametrize(
    "error",
    [
        RuntimeError("Credentials were refreshed, but the refreshed credentials are expired."),
        ValueError("Auth token value is not a legal header value"),
    ],
)
def test_credentials_that_botocore_gives_up_on_otherwise_are_told_at_once(error):
    assert isinstance(judge(error, "put_item", writes=True), Misconfigured)
