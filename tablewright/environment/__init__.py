"""What differs between stacks: environments and their profiles, names, configuration."""

from tablewright.environment.errors import ConfigurationError, LabelError, Problem
from tablewright.environment.label import Label
from tablewright.environment.overrides import Override
from tablewright.environment.profile import PROFILES, Environment, Profile
from tablewright.environment.settings import Settings

__all__ = [
    "PROFILES",
    "ConfigurationError",
    "Environment",
    "Label",
    "LabelError",
    "Override",
    "Problem",
    "Profile",
    "Settings",
]
