"""What holds for every test."""

from tests.support.engine import refuse_to_run_without_the_cli


def pytest_runtest_setup(item):
    if item.get_closest_marker("engine"):
        refuse_to_run_without_the_cli()
