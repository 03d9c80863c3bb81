"""Carry a change of known fields over to JSON that also holds unknown ones."""

from __future__ import annotations


def patched(raw: dict[str, object], before: dict[str, object], after: dict[str, object]) -> dict[str, object]:
    """Return `raw` with what changed from `before` to `after`, its other fields in value and order as they were.

    `before` is what we would have written for `raw`: fields of `raw` that it lacks are unknown to us. New fields
    follow the field that precedes them in `after`.
    """
    result = {
        key: _patched_value(value, before.get(key), after[key]) if key in after else value
        for key, value in raw.items()
        if key in after or key not in before
    }
    order = list(result)
    previous = -1
    for key, value in after.items():
        if key in result:
            previous = order.index(key)
        else:
            previous += 1
            order.insert(previous, key)
            result[key] = value
    return {key: result[key] for key in order}


def _patched_value(raw: object, before: object, after: object) -> object:
    if before == after:
        return raw
    if isinstance(raw, dict) and isinstance(after, dict):
        return patched(raw, before if isinstance(before, dict) else {}, after)
    if isinstance(raw, list) and isinstance(before, list) and isinstance(after, list):
        return _patched_list(raw, before, after)
    return after


def _patched_list(raw: list[object], before: list[object], after: list[object]) -> list[object]:
    """Patch selectors and bodies one by one; a list of anything else is replaced."""
    if not all(isinstance(each, dict) for each in (*before, *after)):
        return after
    old = {_name(each): each for each in before}
    new = {_name(each): each for each in after}
    removed = {_name(each) for each in before if _is_tag(each)} - set(new)  # also where one stands there twice
    result = []
    for each in raw:
        name = _name(each)
        known = old.pop(name, None)
        if name in new:
            result.append(_patched_value(each, known, new.pop(name)))
        elif known is None and name not in removed:
            result.append(each)
    return _tags_in_order([*result, *new.values()], [_name(each) for each in after])


def _tags_in_order(parts: list[object], order: list[object]) -> list[object]:
    """Return parts with the tags in a new order, at the places where tags stand; everything else stays where it is."""
    rank = {name: number for number, name in enumerate(order)}
    at = [number for number, part in enumerate(parts) if _is_tag(part) and _name(part) in rank]
    result = list(parts)
    for number, part in zip(at, sorted((parts[each] for each in at), key=lambda part: rank[_name(part)]), strict=True):
        result[number] = part
    return result


def _is_tag(part: object) -> bool:
    return isinstance(part, dict) and part.get("purpose") == "tagging"


def _name(part: object) -> object:
    """Name what a selector or body is for; of several with one name only the first is ours."""
    if not isinstance(part, dict):
        return None
    if _is_tag(part):  # whatever its type: it is read as a tag all the same
        return "tagging", str(part.get("value"))
    return str(part.get("type")), str(part.get("purpose"))
