"""Reads a stack's configuration from `Pulumi.yaml` and `Pulumi.<stack>.yaml` as the engine does."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from .declarations import Declaration, full_key
from .errors import ConfigurationFileError
from .yaml_values import as_text, read_mapping


def load_configuration(
    root: Path, stack: str, *, secrets: Mapping[str, str] | None = None, strict: bool = True
) -> tuple[str, dict[str, str]]:
    """Return the project's name and what `pulumi.Config` reads, by `namespace:key`.

    Arrays and objects become JSON, numbers and booleans text. Only the engine can decrypt a
    `secure:` value: give its plain text in `secrets` (by `namespace:key`), or it is an error.
    Unless `strict`, what `Pulumi.yaml` declares of its keys is not held against the stack: for
    programs that check all of it themselves. ConfigurationFileError lists every problem with
    file, key and remedy.
    """
    project_file = root / "Pulumi.yaml"
    if not project_file.is_file():
        raise ConfigurationFileError(f"'{root}' is no project: it has no Pulumi.yaml")
    project = read_mapping(project_file)
    name = project.get("name")
    if not isinstance(name, str):
        raise ConfigurationFileError(f"'{project_file}' has no 'name'; write the project's name")
    declarations = _declarations(project_file, name, project)
    stack_file = _stack_file(root / (project.get("stackConfigDir") or ""), stack)
    given = _given(stack_file, name, needed=any(one.required for one in declarations))
    plain = {key: _plain(value, key, secrets or {}) for key, value in given.items()}
    _refuse(
        stack_file,
        [*_encrypted(plain), *(_undeclared(declarations, given, plain) if strict else ())],
    )
    defaults = {one.key: as_text(one.default) for one in declarations if one.default is not None}
    known = {key: text for key, text in plain.items() if text is not None}
    return name, {**defaults, **known}


def _declarations(file: Path, name: str, project: Mapping[str, Any]) -> list[Declaration]:
    entries = project.get("config") or {}
    if not isinstance(entries, dict):
        _refuse(file, [f"'config' is {entries!r}; write a mapping of keys"])
    declarations = [Declaration.read(name, str(key), entry) for key, entry in entries.items()]
    problems = [(one.key, one.problem()) for one in declarations]
    _refuse(file, [f"key '{key}' {problem}" for key, problem in problems if problem])
    return declarations


def _stack_file(folder: Path, stack: str) -> Path:
    file = folder / f"Pulumi.{stack}.yaml"
    if not file.is_file():
        names = sorted(one.name.split(".")[1] for one in folder.glob("Pulumi.*.yaml"))
        raise ConfigurationFileError(
            f"stack '{stack}' has no file '{file}'; "
            f"the stacks with one are: {', '.join(names) or 'none'}"
        )
    return file


def _given(file: Path, project: str, *, needed: bool) -> dict[str, Any]:
    content = read_mapping(file)
    if content.get("environment"):
        _refuse(file, ["'environment' imports what only the engine can open; write it as 'config'"])
    if needed and "config" not in content:
        raise ConfigurationFileError(
            f"'{file}' has no `config:` section; begin it with `config:`{_example(file)}"
        )
    config = content.get("config") or {}
    if not isinstance(config, dict):
        _refuse(file, [f"'config' is {config!r}; write a mapping of keys"])
    return {full_key(project, str(key)): value for key, value in config.items()}


def _example(file: Path) -> str:
    """Point at another stack's file that has the section, if there is one."""
    others = (one for one in sorted(file.parent.glob("Pulumi.*.yaml")) if one != file)
    for one in others:
        if re.search(r"^config:", one.read_text("utf-8-sig"), re.MULTILINE):
            return f" as {one.name} does"
    return ""


def _plain(value: object, key: str, secrets: Mapping[str, str]) -> str | None:
    """Return the text of a value; None for an encrypted one of which nobody gave the text."""
    return secrets.get(key) if _is_encrypted(value) else as_text(value)


def _is_ciphertext(value: object) -> bool:
    return isinstance(value, dict) and set(value) == {"secure"}


def _is_encrypted(value: object) -> bool:
    """Tell whether a value is encrypted, or anything in it."""
    if isinstance(value, dict):
        return _is_ciphertext(value) or any(map(_is_encrypted, value.values()))
    return isinstance(value, list) and any(map(_is_encrypted, value))


def _encrypted(plain: Mapping[str, str | None]) -> Iterable[str]:
    for key, text in plain.items():
        if text is None:
            yield f"key '{key}' is encrypted, which only the engine can undo; pass its plain text"


def _undeclared(
    declarations: Iterable[Declaration], given: Mapping[str, Any], plain: Mapping[str, str | None]
) -> Iterable[str]:
    """Find what is not as the project declares it."""
    for one in declarations:
        if one.key not in given:
            if one.required:
                yield f"key '{one.key}' is missing, and Pulumi.yaml has no default; set it"
            continue
        text, value = plain[one.key], given[one.key]
        structured = isinstance(value, dict | list) and not _is_ciphertext(value)
        mismatch = one.mismatch(text, structured=structured) if text is not None else None
        if mismatch:
            yield f"key '{one.key}' {mismatch}"
        elif one.schema.get("secret") and not _is_encrypted(value):
            yield f"key '{one.key}' is declared secret; set it with 'pulumi config set --secret'"


def _refuse(file: Path, problems: Iterable[str]) -> None:
    found = list(problems)
    if len(found) == 1:
        raise ConfigurationFileError(f"'{file}': {found[0]}")
    if found:
        lines = "".join(f"\n  {problem}" for problem in found)
        raise ConfigurationFileError(f"'{file}' has {len(found)} problems:{lines}")
