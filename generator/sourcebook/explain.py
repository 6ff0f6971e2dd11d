"""The page of each rule: what it wants, why, a bad example with its message, and a good one.

The pages lie in ``rules/``, one a rule. ``sourcebook explain`` prints them, and the tests run their
examples, so a page cannot say what the program does not do.
"""

from __future__ import annotations

from importlib.resources import files

from .diagnostics import UsageError, did_you_mean

_PAGES = files(__package__) / "rules"


def rule_ids() -> tuple[str, ...]:
    """The ids of all rules, sorted."""
    pages = (page.name for page in _PAGES.iterdir())
    return tuple(sorted(name.removesuffix(".md") for name in pages if name.endswith(".md")))


def reason_of(rule: str) -> str:
    """What *rule* wants, and why: the beginning of its page, on one line."""
    page = explain_rule(rule)
    return " ".join(page.partition("\n")[2].partition("## Bad")[0].replace("## Why", "").split())


def explain_rule(rule: str) -> str:
    """The page of *rule*, as Markdown; ``UsageError`` with the nearest id where there is none.

    The id may stand as a message shows it: ``error[unknown-actor]``.
    """
    wanted = rule.removesuffix(":").removesuffix("]").rpartition("[")[2].strip().lower()
    ids = rule_ids()
    # Only a name from the list is ever opened: the word comes from the command line.
    if wanted not in ids:
        every = "`sourcebook explain` without a rule lists them all"
        raise UsageError(f"there is no rule `{rule}`", did_you_mean(wanted, ids, every))
    return (_PAGES / f"{wanted}.md").read_text(encoding="utf-8")
