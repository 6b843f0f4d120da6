"""What a stack registers of a store whose model is none of the catalog's."""

import pulumi

from components import AwsScope, DataStore, DataStoreArgs
from tablewright.environment import Settings
from tablewright.recorder import load_configuration, record
from tests.support.recording import ROOT


def recorded(model, stack):
    """Record a stack that has this store alone, and return its settings with it."""
    project, configuration = load_configuration(ROOT, stack)
    configuration["tablewright:stores"] = f'["{model.name}"]'
    settings = Settings.of(configuration, {model.name: model})

    def build():
        arguments = DataStoreArgs.of(settings, model, AwsScope.look_up(), None)
        pulumi.export(model.name, DataStore(model.name, arguments).outputs)

    return settings, record(build, project=project, stack=stack, configuration=configuration)
