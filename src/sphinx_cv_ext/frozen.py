"""Values of a few fields that never change, which is what most of ours are.

For each such class `dataclasses` writes six methods and has them compiled, at every start: with eighty classes that was
half of our import. Here one is written, which is called most, when the first object is made; most builds make none of
most classes. The others are the same for all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields
from operator import attrgetter
from typing import Any, NoReturn, TypeVar, cast, dataclass_transform

_Kind = TypeVar("_Kind", bound=type)


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(kind: _Kind) -> _Kind:
    """The class that ``dataclass(frozen=True, slots=True)`` makes of ``kind``, in a fifth of the time.

    Its objects are made in half the time, and `fields`, `replace` and `asdict` know them. Methods that ``kind`` has are
    kept; of what `field` can say, defaults, ``compare`` and ``repr`` are heard.
    """
    made: Any = dataclass(init=False, repr=False, eq=False, slots=True)(kind)
    known = fields(made)
    values = _values([one.name for one in known])
    compared = _values([one.name for one in known if one.compare])
    shown = [one.name for one in known if one.repr]

    def equal(self: object, other: object) -> bool:
        return compared(self) == compared(other) if other.__class__ is made else NotImplemented

    def text(self: object) -> str:
        return f"{made.__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"

    def fill(self: object, *values: object, **named: object) -> None:
        made.__init__ = _init(made)
        made.__init__(self, *values, **named)

    methods = {
        "__init__": fill,
        "__eq__": equal,
        "__hash__": lambda self: hash(compared(self)),
        "__repr__": text,
        "__reduce__": lambda self: (made, values(self)),
        "__setattr__": _refuse,
        "__delattr__": _refuse,
    }
    for name in methods.keys() - vars(kind).keys():
        setattr(made, name, methods[name])
    return cast("_Kind", made)


def _values(names: list[str]) -> Callable[[object], tuple[Any, ...]]:
    """What gives the fields of an object as a tuple; of one name `attrgetter` makes none."""
    return attrgetter(*names) if len(names) > 1 else lambda self: (getattr(self, *names),)


def _init(made: type) -> Callable[..., None]:
    """The method ``__init__``, which fills the slots themselves: the class refuses whoever sets an attribute."""
    scope: dict[str, Any] = {"_missing": MISSING}
    parameters, lines = [], []
    for one in fields(made):
        name, value = one.name, one.name
        scope |= {f"_set_{name}": getattr(made, name).__set__, f"_default_{name}": one.default}
        if one.default_factory is not MISSING:
            scope[f"_make_{name}"] = one.default_factory
            value = f"_make_{name}() if {name} is _missing else {name}"
        has_default = one.default is not MISSING or one.default_factory is not MISSING
        parameters.append(f"{name}=_default_{name}" if has_default else name)
        lines.append(f" _set_{name}(self, {value})\n")
    exec(f"def __init__(self, {', '.join(parameters)}):\n{''.join(lines)}", scope)
    return cast("Callable[..., None]", scope["__init__"])


def _refuse(_self: object, name: str, *_value: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot change the field {name!r}")
