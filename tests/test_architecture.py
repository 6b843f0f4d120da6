"""Imports flow one way, what is meant to be light stays light, and nothing grows too large."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = {
    "tablewright.models",
    "tablewright.environment",
    "tablewright.data_access",
    "tablewright.recorder",
    "tablewright.local",
    "tablewright.operations",
    "components",
    "policies",
    "__main__",
}
MAY_IMPORT = {
    "tablewright.models": set(),
    "tablewright.environment": {"tablewright.models"},
    "components": {"tablewright.models", "tablewright.environment"},
    "tablewright.data_access": {"tablewright.models"},
    "tablewright.recorder": set(),
    "tablewright.local": {"tablewright.recorder", "tablewright.models", "tablewright.environment"},
    "tablewright.operations": {
        "tablewright.local",
        "tablewright.recorder",
        "tablewright.models",
        "tablewright.environment",
    },
    "policies": set(),
    "__main__": {"components", "tablewright.environment"},
}
NEEDS = {
    "tablewright.models": set(),
    "tablewright.environment": {"pulumi", "pydantic", "pydantic_core"},
    "components": {"pulumi", "pulumi_aws"},
    "tablewright.data_access": {"boto3", "botocore", "mypy", "orjson", "pydantic", "uuid_utils"},
    "tablewright.recorder": {"google", "pulumi", "yaml"},
    "tablewright.local.resources": {"boto3", "botocore", "mypy"},
    "policies.rules": {"pulumi_policy", "yaml"},
    "__main__": {"pulumi"},
}
"""What is not of the project and not of the standard library, for packages that must stay light."""
WITHIN_THE_PACK = {
    "framework": set(),
    "iam": {"framework"},
    "tables": {"framework", "iam"},
    "parameters": {"framework", "iam", "tables"},
}
"""What the folders of the pack may import of each other; none imports a rule."""
MOST_LINES = 200
LONGER = {"tablewright.models.limits": "AWS's limits in one place, a short function each"}
MOST_FUNCTION_LINES = 40


def sources():
    """Give every source file by the module it is."""
    files = (
        *(ROOT / "tablewright").rglob("*.py"),
        *(ROOT / "components").rglob("*.py"),
        *(ROOT / "policies" / "rules").rglob("*.py"),
        ROOT / "__main__.py",
    )
    return {module_of(file): file for file in files}


def module_of(file):
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(module, file):
    """Give every module that a file imports, anywhere in it and for type checking alone too."""
    package = module.split(".") if file.name == "__init__.py" else module.split(".")[:-1]
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join((*above, *([node.module] if node.module else [])))
            yield from (f"{base}.{alias.name}" for alias in node.names)


def package_of(module):
    """Give the package of the project that a module is in, None for what is not of it."""
    if module.split(".")[0] == "rules":
        return "policies"  # whose folder alone is on the path of a pack
    if module.split(".")[0] not in {"tablewright", "components", "policies", "tests", "__main__"}:
        return None
    parts = module.split(".")
    return ".".join(parts[:2]) if parts[0] == "tablewright" and len(parts) > 1 else parts[0]


SOURCES = sources()

of_every_package = pytest.mark.parametrize("package", sorted(PACKAGES))


def test_every_package_has_its_arrows():
    found = {package_of(module) for module in SOURCES} - {"tablewright"}
    assert found == PACKAGES == set(MAY_IMPORT)


@of_every_package
def test_imports_flow_one_way(package):
    against = [
        f"{module} imports {imported}"
        for module, file in SOURCES.items()
        if package_of(module) == package
        for imported in imports_of(module, file)
        if package_of(imported) not in {None, package, *MAY_IMPORT[package]}
    ]
    assert against == []


@pytest.mark.parametrize("folder", sorted(WITHIN_THE_PACK))
def test_imports_within_the_pack_flow_one_way(folder):
    within = f"policies.rules.{folder}."
    imported = {
        name.split(".")[1]
        for module, file in SOURCES.items()
        if module.startswith(within)
        for name in imports_of(module, file)
        if name.startswith("rules.")
    }
    assert imported <= {folder, *WITHIN_THE_PACK[folder]}


@pytest.mark.parametrize("package", sorted(NEEDS))
def test_a_light_package_needs_no_more_than_it_says(package):
    needed = {
        imported.split(".")[0].partition("_boto3_")[0]
        for module, file in SOURCES.items()
        if f"{module}.".startswith(f"{package}.")
        for imported in imports_of(module, file)
        if package_of(imported) is None
    }
    assert needed - sys.stdlib_module_names <= NEEDS[package]


@pytest.mark.parametrize("module", sorted(m for m in SOURCES if m.startswith("components.")))
def test_components_import_each_other_relatively(module):
    tree = ast.parse(SOURCES[module].read_text())
    absolute = [
        name
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom) and not node.level
            else []
        )
    ]
    assert not [name for name in absolute if name.split(".")[0] == "components"]


def test_models_load_nothing_but_the_standard_library():
    program = (
        "import sys; before = set(sys.modules)\n"
        "import tablewright.models.catalog, tablewright.models.permissions\n"
        "loaded = {name.split('.')[0] for name in set(sys.modules) - before}\n"
        "print(*sorted(loaded - sys.stdlib_module_names))"
    )
    command = [sys.executable, "-c", program]
    reply = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    assert reply.stdout.split() == ["tablewright"]


@pytest.mark.parametrize("module", sorted(set(SOURCES) - set(LONGER)))
def test_a_file_holds_one_idea(module):
    assert len(SOURCES[module].read_text().splitlines()) < MOST_LINES


@pytest.mark.parametrize("module", sorted(SOURCES))
def test_a_function_fits_on_a_screen(module):
    sizes = {
        node.name: lines_of(node)
        for node in ast.walk(ast.parse(SOURCES[module].read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: size for name, size in sizes.items() if size >= MOST_FUNCTION_LINES} == {}


def lines_of(function):
    """Count the lines of a function without its docstring."""
    described = ast.get_docstring(function) is not None
    first = function.body[0].end_lineno if described else function.lineno - 1
    return function.end_lineno - first + (function.body[0].lineno - function.lineno) * described


def test_the_program_stays_without_logic():
    assert len(SOURCES["__main__"].read_text().splitlines()) < MOST_FUNCTION_LINES
