"""Where what repositories send and what the model declares differ.

Every function gives sentences, none where nothing differs.
"""

from tablewright.models import Operation
from tablewright.operations.index_plan.stage import NEXT, PREVIOUS
from tests.support.pattern_matching import Matcher, partition_of
from tests.support.pattern_matching_rules import faults_of


def of_method(workload, method):
    """Say where a method differs from the patterns that it names."""
    named = workload.named[method]
    if not named:
        return [f"{method} names no access pattern; decorate it with performs"]
    unknown = sorted(set(named) - {pattern.name for pattern in workload.model.patterns})
    if unknown:
        return [f"{method} names {unknown}, which the model does not declare"]
    if not any(call.returned and not call.nested for call in workload.calls_of(method)):
        return [f"{method} has no scenario in which it succeeds"]
    return [
        *_announced_otherwise(workload, method),
        *_undeclared(workload, method),
        *_unperformed(workload, method),
        *_unvisited_shards(workload, method),
    ]


def of_patterns(workload):
    """Say which patterns of the model no method names; streams are read by others.

    While an index changes, a pattern's versions to come and before are its own method's.
    """
    named = {name for names in workload.named.values() for name in names or ()}
    return [
        f"no method performs {pattern.name}"
        for pattern in workload.model.patterns
        if pattern.operation is not Operation.READ_STREAM
        and pattern.name.removesuffix(f".{NEXT}").removesuffix(f".{PREVIOUS}") not in named
    ]


def of_strays(workload):
    """Say what was sent outside of every public method."""
    return [f"no public method sent {sent}" for sent in workload.strays]


def _announced_otherwise(workload, method):
    """Say which patterns the primitives were not asked for, or asked for and not named.

    That tells patterns apart whose requests look alike.
    """
    named = set(workload.named[method])
    announced = {name for call in workload.calls_of(method) for name in call.announced}
    for name in sorted(announced - named):
        yield f"{method} performs {name}, which it does not name"
    for name in sorted(named - announced):
        yield f"{method} names {name}, which it does not perform"


def _undeclared(workload, method):
    """Say which requests are none of the patterns that the method names, and which nearly are."""
    matcher = Matcher(workload.model, workload.tables)
    patterns = [workload.model.pattern(name) for name in workload.named[method]]
    for sent in workload.requests_of(method):
        yield from (f"{method} sends {sent}, which {fault}" for fault in faults_of(sent))
        differences = {p.name: matcher.mismatches(p, sent) for p in patterns}
        if all(differences.values()):
            nearest = min(patterns, key=lambda p: _distance(p, sent, differences[p.name])).name
            yield (
                f"{method} sends what it does not name; nearest is {nearest}, "
                f"but the request {', '.join(differences[nearest])}: {sent}"
            )


def _distance(pattern, sent, differences):
    return pattern.operation != sent.operation, len(differences)


def _unperformed(workload, method):
    """Say which patterns have no request of their own."""
    matcher = Matcher(workload.model, workload.tables)
    matching = [matcher.matching(sent) for sent in workload.requests_of(method)]
    witnesses = {}

    def find(name, tried):
        for number, names in enumerate(matching):
            if name in names and number not in tried:
                tried.add(number)
                if number not in witnesses or find(witnesses[number], tried):
                    witnesses[number] = name
                    return True
        return False

    for name in workload.named[method]:
        if not find(name, set()):
            yield f"{method} names {name}, of which no request was sent"


def _unvisited_shards(workload, method):
    """Say which shards of a sharded key a read leaves out."""
    matcher = Matcher(workload.model, workload.tables)
    for name in workload.named[method]:
        pattern = workload.model.pattern(name)
        if pattern.operation is not Operation.QUERY or pattern.fan_in == 1:
            continue
        (template,) = (each.template for each in pattern.key if each.template.shards > 1)
        asked = {
            partition_of(workload.model, pattern.table, sent.arguments)
            for sent in workload.requests_of(method)
            if not matcher.mismatches(pattern, sent)
        }
        for value in asked:
            shards = range(template.shards)
            every = {template.render(template.parse(value), shard=shard) for shard in shards}
            if not every <= asked:
                yield f"{method} leaves {sorted(every - asked)} out of {name}"
                break
