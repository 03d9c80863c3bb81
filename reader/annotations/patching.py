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
    result = []
    for each in raw:
        name = _name(each)
        known = old.pop(name, None)
        if name in new:
            result.append(_patched_value(each, known, new.pop(name)))
        elif known is None:
            result.append(each)
    return [*result, *new.values()]


def _name(part: object) -> object:
    """Name what a selector or body is for; of several with one name only the first is ours."""
    if not isinstance(part, dict):
        return None
    purpose = part.get("purpose")
    return str(part.get("type")), str(purpose), str(part.get("value")) if purpose == "tagging" else ""
