"""Whether the values of a request are keys as the model's templates compose them.

Each function returns the fields that a value was composed of, and None where it does not fit.
"""

from tablewright.models import AttributeType, Comparator, KeyTemplate, ModelError


def composed(template, tagged, type_=AttributeType.STRING):
    """Read a whole key attribute; a number is its one field as it is."""
    ((tag, content),) = tagged.items()
    if tag != str(type_):
        return None
    if type_ is not AttributeType.STRING:
        return {template.fields[0].name: content} if len(template.parts) == 1 else None
    try:
        fields = template.parse(content)
    except ModelError:
        return None
    # Composing it again tells a shard that there is not, and a separator that was not escaped.
    again = (template.render(fields, shard=shard) for shard in range(template.shards))
    return fields if content in again else None


def begun(template, tagged):
    """Read the beginning of a key attribute; a prefix field may be empty."""
    *before, last = template.parts
    if isinstance(last, str) or not last.prefix:
        return composed(template, tagged)
    ((tag, content),) = tagged.items()
    text = template.text.removesuffix(f"<{last.name}*>")
    if before and tag == "S" and composed(KeyTemplate(text), tagged) is not None:
        return {last.name: ""}
    return composed(template, {tag: content})


def compared(condition, operands, type_):
    """Tell whether the operands of a key condition fit what the model compares with."""
    if condition.comparator is Comparator.BEGINS_WITH:
        return begun(condition.template, operands[0]) is not None
    templates = [each for each in (condition.template, condition.upper) if each is not None]
    return len(templates) == len(operands) and all(
        composed(template, operand, type_) is not None
        for template, operand in zip(templates, operands, strict=True)
    )


def of_item(entity, table, item):
    """Say which key attributes of a whole item are not what its other attributes make of them."""
    types = {each.name: each.type for each in table.attributes}
    plain = {name: value for name, value in item.items() if name not in entity.keys}
    fields = {name: value["S"] for name, value in plain.items() if "S" in value}
    for name, template in entity.keys.items():
        if name not in item:
            if name in table.key.names:
                yield f"key {name} is missing"
            continue
        found = composed(template, item[name], types[name])
        if found is None:
            yield f"{name} is {item[name]}, not composed by {template.text}"
            continue
        if types[name] is AttributeType.STRING and template.render({**fields, **found}) != item[
            name
        ].get("S"):
            yield f"{name} is {item[name]}, in another shard than its own"
        for field, value in found.items():
            if fields.setdefault(field, value) != value:
                yield f"{name} has {field} {value!r} where another attribute has {fields[field]!r}"


def of_key(entity, table, key):
    """Say what keeps a key from being one of the entity."""
    if set(key) != set(table.key.names):
        yield f"the key is of {sorted(key)}, not of {sorted(table.key.names)}"
        return
    for name, tagged in key.items():
        if composed(entity.keys[name], tagged) is None:
            yield f"{name} is {tagged}, not composed by {entity.keys[name].text}"


def of_change(entity, table, key, changed):
    """Say what keeps an index's key attribute from being the one of the item that it is set on."""
    types = {each.name: each.type for each in table.attributes}
    fields = {}
    for name, tagged in key.items():
        fields |= composed(entity.keys[name], tagged) or {}
    for name, tagged in changed.items():
        template = entity.keys[name]
        found = composed(template, tagged, types[name])
        if found is None:
            yield f"{name} is set to {tagged}, not composed by {template.text}"
        elif types[name] is AttributeType.STRING:
            own = template.render({**found, **fields})
            if tagged["S"] != own:
                yield f"{name} is set to {tagged}, not to {own!r} as the item's key says"
