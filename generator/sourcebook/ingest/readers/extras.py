"""Libraries that only some readers need, with what to do where one is not installed."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from ...diagnostics import EnvironmentProblem

_PACKAGES = {"html": "trafilatura lxml_html_clean", "pdf": "pypdfium2"}
"""What each extra installs. Named one by one: an index may have no Sourcebook, or somebody else's."""


def import_extra(module: str, extra: str, purpose: str) -> ModuleType:
    """*module*, which the extra *extra* installs; *purpose* says in the message what needs it."""
    try:
        return import_module(module)
    except ImportError as error:
        raise EnvironmentProblem(
            f"{purpose}, and reading it needs {module}, which is not installed",
            f"install it with `pip install {_PACKAGES[extra]}`",
        ) from error
