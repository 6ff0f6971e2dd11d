"""Records that lead back to themselves, such as a topic that is broader than itself.

`broader` and `member_of` may close a circle through any number of records, so nothing here calls
itself, and a chain that leads nowhere back is not followed from each of its records.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Container, Iterable, Mapping, Sequence

from .model import Slug

_STEPS_SHOWN = 12
"""Of a circle, for a message."""


def find_ways_back(above: Mapping[Slug, tuple[Slug, ...]]) -> dict[Slug, str]:
    """The way from each slug upwards back to itself, of those that have one."""
    ways: dict[Slug, str] = {}
    within = _steps_within_circles(above)
    for slug in within:
        if slug in ways:
            continue
        # All that stand in one circle have the same way, each from where it stands.
        circle = find_circle(slug, within)[1:]
        size = len(circle)
        for place, one in enumerate(circle):
            way = [circle[(place + step) % size] for step in range(min(size, _STEPS_SHOWN) + 1)]
            more = ["…", one] if size > _STEPS_SHOWN else []
            ways.setdefault(one, " → ".join([*way, *more]))
    return ways


def _steps_within_circles(above: Mapping[Slug, Sequence[Slug]]) -> dict[Slug, list[Slug]]:
    """From each slug that is in a circle, those of the others from which a way leads back to it."""
    below: dict[Slug, list[Slug]] = defaultdict(list)
    for slug, others in above.items():
        for other in others:
            below[other].append(slug)
    # Kosaraju's two walks: of what has no circle yet, whatever leads to the one that was done last
    # can also be reached from it.
    circle_of: dict[Slug, Slug] = {}
    for last in reversed(_walk(above, above, circle_of)):
        circle_of.update(dict.fromkeys(_walk([last], below, circle_of), last))
    within = {
        slug: [other for other in others if circle_of[other] == circle_of[slug]]
        for slug, others in above.items()
    }
    return {slug: others for slug, others in within.items() if others}


def _walk(
    starts: Iterable[Slug], steps: Mapping[Slug, Sequence[Slug]], passed: Container[Slug]
) -> list[Slug]:
    """All that *steps* lead to from *starts*, each after what it leads to, and none of *passed*."""
    met: set[Slug] = set()
    done: dict[Slug, None] = {}
    waiting = [*starts]
    while waiting:
        one = waiting[-1]
        if one in met:
            done.setdefault(waiting.pop())
        elif one in passed:
            waiting.pop()
        else:
            met.add(one)
            waiting += (other for other in steps.get(one, ()) if other not in met)
    return list(done)


def find_circle(slug: Slug, above: Mapping[Slug, Sequence[Slug]]) -> list[Slug]:
    """The shortest way from *slug* upwards back to itself; empty where there is none."""
    came_from: dict[Slug, Slug] = {}
    waiting = deque([slug])
    while waiting:
        one = waiting.popleft()
        for other in above.get(one, ()):
            if other == slug:
                way = [slug, one]
                while way[-1] != slug:
                    way.append(came_from[way[-1]])
                return way[::-1]
            if other not in came_from:
                came_from[other] = one
                waiting.append(other)
    return []
