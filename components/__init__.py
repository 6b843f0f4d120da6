"""ComponentResources: tables, their exports, access policies and alarms, and whole stores."""

from .access_plan import AccessPlan
from .account_alarms import AccountAlarms, AccountAlarmsArgs
from .aws_scope import AwsScope
from .consumer_policies import ConsumerPolicies, ConsumerPoliciesArgs
from .data_store import DataStore, DataStoreArgs
from .dynamodb_endpoint import DynamodbEndpoint, DynamodbEndpointArgs
from .file_sharing_store import FileSharingStore, FileSharingStoreArgs
from .grant import Grant
from .single_table_store import SingleTableStore, SingleTableStoreArgs
from .stack_wide import StackWide
from .table import Table, TableArgs
from .table_alarms import TableAlarms, TableAlarmsArgs
from .table_exports import TableExports, TableExportsArgs
from .table_inputs import TableOptions

__all__ = [
    "AccessPlan",
    "AccountAlarms",
    "AccountAlarmsArgs",
    "AwsScope",
    "ConsumerPolicies",
    "ConsumerPoliciesArgs",
    "DataStore",
    "DataStoreArgs",
    "DynamodbEndpoint",
    "DynamodbEndpointArgs",
    "FileSharingStore",
    "FileSharingStoreArgs",
    "Grant",
    "SingleTableStore",
    "SingleTableStoreArgs",
    "StackWide",
    "Table",
    "TableAlarms",
    "TableAlarmsArgs",
    "TableArgs",
    "TableExports",
    "TableExportsArgs",
    "TableOptions",
]
