"""A Refusal is false: ``refusal or other`` loses it, and ``if refusal`` never comes true.

Looked for where a function that answers with a Refusal is called or its answer named, within one function.
A name that other functions bear too, with another answer, is passed over.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

Function = ast.FunctionDef | ast.AsyncFunctionDef
REFUSAL = "Refusal"


def lost_refusals(trees: Mapping[Path, ast.Module]) -> Iterator[tuple[Path, int, str]]:
    """Yield file, line and words of each place where a refusal would be taken for nothing."""
    answering = refusing(trees.values())
    for path, tree in trees.items():
        for function in _functions(tree):
            held = _held(function, answering)
            for node in ast.walk(function):
                for each in _asked(node):
                    if _is_refusal(each, answering, held):
                        yield path, node.lineno, ast.unparse(node).split("\n")[0]  # type: ignore[attr-defined]


def refusing(trees: Iterable[ast.Module]) -> frozenset[str]:
    """Return the names of functions that all answer with a refusal or nothing, wherever they are defined."""
    known: dict[str, set[bool]] = {}
    for tree in trees:
        for function in _functions(tree):
            known.setdefault(function.name, set()).add(_named(function.returns) == {REFUSAL, "None"})
    return frozenset(name for name, said in known.items() if said == {True})


def _functions(tree: ast.Module) -> Iterator[Function]:
    return (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))


def _named(annotation: ast.expr | None) -> set[str]:
    """Return the names of a union: ``Refusal | None`` is both."""
    if isinstance(annotation, ast.BinOp):
        return _named(annotation.left) | _named(annotation.right)
    if isinstance(annotation, ast.Constant):
        return {str(annotation.value)}
    return {annotation.id} if isinstance(annotation, ast.Name) else {""}


def _held(function: Function, answering: frozenset[str]) -> frozenset[str]:
    """Return the names that hold an answer within a function."""
    found = {a.arg for a in function.args.args if _named(a.annotation) == {REFUSAL, "None"}}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and _called(node.value) in answering:
            found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.NamedExpr) and _called(node.value) in answering:
            found.add(node.target.id)
    return frozenset(found)


def _asked(node: ast.AST) -> list[ast.expr]:
    """Return what a node asks whether it is true, and goes by."""
    if isinstance(node, ast.BoolOp):
        return node.values[:-1]
    return [node.test] if isinstance(node, ast.If | ast.IfExp | ast.While) else []


def _is_refusal(node: ast.expr, answering: frozenset[str], held: frozenset[str]) -> bool:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        node = node.operand
    if isinstance(node, ast.NamedExpr):
        node = node.value
    return _called(node) in answering or (isinstance(node, ast.Name) and node.id in held)


def _called(node: ast.expr) -> str:
    if isinstance(node, ast.Await):
        node = node.value
    if not isinstance(node, ast.Call):
        return ""
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
