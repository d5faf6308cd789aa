"""Our `frozen` classes behave like those that `dataclasses` makes."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, replace

import pytest

from sphinx_cv_ext.frozen import frozen


class _Fields:
    """The same for both."""

    name: str
    number: int = 1
    names: list[str] = field(default_factory=list)

    @property
    def twice(self) -> str:
        return self.name * 2


Ours = frozen(type("Kind", (), dict(vars(_Fields))))
Theirs = dataclass(frozen=True, slots=True)(type("Kind", (), dict(vars(_Fields))))


@frozen
class Pair:
    """Two fields."""

    first: str
    second: int = 0


@frozen
class Single:
    """One field, for which some functions return no tuple."""

    value: str


@pytest.mark.parametrize("given", [("a",), ("a", 2), ("a", 2, ["b"])])
def test_they_look_alike(given: tuple[object, ...]) -> None:
    ours, theirs = Ours(*given), Theirs(*given)
    assert repr(ours) == repr(theirs)
    assert asdict(ours) == asdict(theirs)
    assert ours.twice == theirs.twice


def test_a_default_is_made_anew_for_each() -> None:
    assert Ours("a").names is not Ours("a").names
    assert Ours("a", names=["b"]).names == ["b"]


@pytest.mark.parametrize("given", [(), (1, 2, 3, 4)])
def test_what_is_lacking_or_too_much_is_refused(given: tuple[object, ...]) -> None:
    with pytest.raises(TypeError, match="__init__"):
        Ours(*given)


def test_equal_values_are_equal_and_one_key() -> None:
    assert Pair("a") == Pair("a", 0)
    assert Pair("a") != Pair("a", 1)
    assert {Pair("a"): 1}[Pair("a")] == 1
    assert Single("a") == Single("a") != Single("b")
    assert hash(Single("a")) == hash(Single("a"))


def test_another_class_with_the_same_values_is_not_equal() -> None:
    other = frozen(type("Pair", (), {"__annotations__": dict.fromkeys(("first", "second"), "str")}))
    assert Pair("a", 1) != other("a", 1)
    assert Pair("a", 1) != ("a", 1)


def test_nothing_can_be_changed_or_added() -> None:
    pair = Pair("a")
    for name in ("first", "third"):
        with pytest.raises(FrozenInstanceError, match=name):
            setattr(pair, name, "b")
    with pytest.raises(FrozenInstanceError, match="first"):
        del pair.first
    assert not hasattr(pair, "__dict__")


def test_a_change_makes_another() -> None:
    pair = Pair("a")
    assert replace(pair, second=2) == Pair("a", 2)
    assert pair == Pair("a")
    assert [one.name for one in fields(pair)] == ["first", "second"]


@pytest.mark.parametrize("one", [Pair("a", 2), Single("a")])
def test_copies_are_equal(one: object) -> None:
    assert pickle.loads(pickle.dumps(one)) == copy.copy(one) == copy.deepcopy(one) == one


def test_a_method_of_the_class_itself_is_kept() -> None:
    @frozen
    class Told:
        """A value that says itself how it looks."""

        value: str

        def __repr__(self) -> str:
            return "told"

    assert repr(Told("a")) == "told"


def test_a_field_may_be_left_out_of_what_is_compared_and_shown() -> None:
    @frozen
    class Placed:
        """A value that is the same wherever it was found."""

        value: str
        place: int = field(repr=False, compare=False)

    one, other = Placed("a", 1), Placed("a", 2)
    assert one == other
    assert hash(one) == hash(other)
    assert repr(one).endswith("Placed(value='a')")
    assert copy.copy(other).place == 2
