"""How templates become code that is quick, because all that they are given is ours.

Jinja asks at each step what a template might have been given. Ours are given frozen views and a few
functions that know nothing of a page: so what is the same on all pages is written once, when a
template is compiled; views are looked at with Python's own means; and nothing is escaped or copied
that is ``Markup`` already.
"""

# ruff: noqa: N802 - the visitors' names are Jinja's

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from keyword import iskeyword

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.runtime import Macro
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape


class _Settler(NodeTransformer):
    """Puts what is the same on all pages in its place: ``root``, ``comma``, ``say("nav.search")``."""

    def __init__(self, environment: Environment, template: nodes.Template) -> None:
        own = frozenset(_names_given_in(template))
        self.named = {name: one for name, one in environment.globals.items() if name not in own}

    def visit_Name(self, node: nodes.Name) -> nodes.Expr:
        value = self.named.get(node.name)
        return nodes.Const(value, lineno=node.lineno) if isinstance(value, str) else node

    def visit_Call(self, node: nodes.Call) -> nodes.Expr:
        self.generic_visit(node)
        called = self.named.get(node.node.name) if isinstance(node.node, nodes.Name) else None
        given = [argument.value for argument in node.args if isinstance(argument, nodes.Const)]
        is_settled = len(given) == len(node.args) and not node.kwargs
        if not callable(called) or not is_settled or node.dyn_args or node.dyn_kwargs:
            return node
        try:
            made = called(*given)
        except Exception:  # it goes wrong again where it stands, and then its place is told
            return node
        return nodes.Const(made, lineno=node.lineno) if isinstance(made, str) else node


def _names_given_in(template: nodes.Template) -> Iterator[str]:
    """The names by which *template* itself calls something."""
    for node in template.find_all((nodes.Name, nodes.Macro, nodes.Import, nodes.FromImport)):
        if isinstance(node, nodes.FromImport):
            yield from (name if isinstance(name, str) else name[1] for name in node.names)
        elif isinstance(node, nodes.Import):
            yield node.target
        elif isinstance(node, nodes.Macro) or (isinstance(node, nodes.Name) and node.ctx != "load"):
            yield node.name


class _Compiler(CodeGenerator):
    """Writes code that takes what it is given as it is."""

    def _output_child_pre(self, *_: object) -> None:
        self.write("(_it if type(_it := ")

    def _output_child_post(self, *_: object) -> None:
        self.write(
            ") is Markup else environment.escape(_it) if type(_it) in (str, int) else escape(_it))"
        )

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        if iskeyword(node.attr):
            super().visit_Getattr(node, frame)
        else:
            self.visit(node.node, frame)
            self.write(f".{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        """Nothing that templates may call asks for Jinja's context."""
        keywords = [keyword.key for keyword in node.kwargs]
        if forward_caller or node.dyn_args or node.dyn_kwargs or any(map(iskeyword, keywords)):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        self.write("environment.quicken(")
        super().macro_def(macro_ref, frame)
        self.write(")")


def _quicken(macro: Macro) -> Callable[..., str]:
    """*macro*, which need not ask what it is given where that is just what it takes."""
    if macro.caller or macro.catch_kwargs or macro.catch_varargs:
        return macro
    make, taken = macro._func, len(macro.arguments)

    def call(*arguments: object, **named: object) -> str:
        if named or len(arguments) != taken:
            return macro(*arguments, **named)
        return Markup(make(*arguments))

    return call


class QuickEnvironment(Environment):
    """Compiles templates in the way of this module: its globals have to be there by then."""

    code_generator_class, quicken = _Compiler, staticmethod(_quicken)
    # The same few numbers, classes and addresses stand on all pages.
    escape = staticmethod(lru_cache(maxsize=1 << 14)(escape))

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,
    ) -> str:
        settled = _Settler(self, source).visit(source)
        return super()._generate(settled, name, filename, defer_init)
