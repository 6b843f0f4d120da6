"""FileSharingStore: files, share links and users as one component with plain arguments.

Its annotations stay evaluated, for Pulumi reads a package's schema from them.
"""

import pulumi

from tablewright.models.catalog import FILE_SHARING

from .data_store import DataStore
from .plain_arguments import PlainArguments, check_arguments, data_store_args


class FileSharingStoreArgs(PlainArguments):
    """Arguments of FileSharingStore."""


class FileSharingStore(pulumi.ComponentResource):
    """The `files`, `share-links` and `users` tables with their parameters and access policies."""

    table_names: pulumi.Output[dict[str, str]]
    table_arns: pulumi.Output[dict[str, str]]
    index_names: pulumi.Output[dict[str, list[str]]]
    stream_arns: pulumi.Output[dict[str, str]]
    policy_arns: pulumi.Output[dict[str, str]]
    environment_variables: pulumi.Output[dict[str, str]]

    def __init__(
        self,
        name: str,
        args: FileSharingStoreArgs,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        check_arguments(name, args, FileSharingStoreArgs)
        super().__init__("tablewright:index:FileSharingStore", name, None, opts)
        store = DataStore(
            name, data_store_args(FILE_SHARING, args), pulumi.ResourceOptions(parent=self)
        )
        self.table_names = store.table_names
        self.table_arns = store.table_arns
        self.index_names = store.index_names
        self.stream_arns = store.stream_arns
        self.policy_arns = store.policy_arns
        self.environment_variables = store.environment_variables
        self.register_outputs(store.outputs)
