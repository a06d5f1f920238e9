"""Every forbidden import, planted in the graph of the real modules, breaks a contract; no room can be left out of them.

The pairs follow from the folders and not from the contracts: what a contract forgets, a plant finds.
"""

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import permutations
from typing import Any

import pytest
from importlinter.application import use_cases
from importlinter.configuration import configure
from importlinter.domain.contract import Contract, registry

from tests.architecture.tree import ROOT

CORE_LAYERS = (frozenset({"handover"}), frozenset({"actors"}), frozenset({"people"}))
"""Below the features, from above; what stands lower knows nothing of what stands higher."""

EDGES = ("teams", "graph", "database", "documents")
SPEAKERS = ("responder",)
OUTSIDE = ("simulator", "demo", "benchmarks", "deploy")
LIBRARIES = {
    "botbuilder": {"bot.teams"},
    "botframework": {"bot.teams"},
    "msrest": {"bot.teams"},
    "msgraph": {"bot.graph"},
    "msgraph_core": {"bot.graph"},
    "kiota_abstractions": {"bot.graph"},
    "msal": {"bot.graph", "bot.teams"},
    "sqlalchemy": {"bot.database"},
    "alembic": {"bot.database"},
    "psycopg": {"bot.database"},
    "adaptivecards": {"cards"},
    "fluent": {"bot.texts"},
    "fpdf": {"bot.documents"},
    "segno": {"bot.documents"},
    "xlsxwriter": {"bot.documents"},
    "python_calamine": {"bot.documents"},
}
"""Who alone knows a library."""

Pair = tuple[str, str]


def folders(*path: str) -> tuple[str, ...]:
    """The packages in a folder of the repository."""
    found = sorted(one.parent.name for one in ROOT.joinpath(*path).glob("*/__init__.py"))
    assert found
    return tuple(found)


def rooms() -> tuple[str, ...]:
    """Packages and modules directly in `bot`."""
    files = (one.stem for one in (ROOT / "bot").glob("*.py") if one.stem != "__init__")
    return tuple(f"bot.{name}" for name in sorted({*folders("bot"), *files}))


def dialogs() -> Iterator[Pair]:
    yield from permutations((f"bot.dialogs.{name}" for name in folders("bot", "dialogs")), 2)


def features() -> tuple[str, ...]:
    below = frozenset[str]().union(*CORE_LAYERS)
    return tuple(name for name in folders("bot", "core") if name not in below)


def core() -> Iterator[Pair]:
    layers: Sequence[frozenset[str]] = (frozenset(features()), *CORE_LAYERS)
    for one, other in permutations(features(), 2):
        yield f"bot.core.{one}", f"bot.core.{other}"
    for height, layer in enumerate(layers):
        for above in layers[:height]:
            for low in sorted(layer):
                yield from ((f"bot.core.{low}", f"bot.core.{high}") for high in sorted(above))


def house() -> Iterator[Pair]:
    """Rooms of the product, the cards, and what stands outside."""
    for one, other in permutations((*EDGES, *SPEAKERS), 2):
        yield f"bot.{one}", f"bot.{other}"
    below = [room for room in rooms() if room not in {"bot.runtime", *(f"bot.{one}" for one in (*EDGES, *SPEAKERS))}]
    for low in below:
        yield from ((low, f"bot.{high}") for high in ("runtime", *EDGES, *SPEAKERS))
    yield from (("bot.core", room) for room in (*rooms(), "cards") if room != "bot.core")
    known = {"bot.teams", "bot.conversation", "bot.sending"}
    yield from (("bot.teams", room) for room in (*rooms(), "cards") if room not in known)
    for edge in ("bot.graph", "bot.database", "bot.documents"):
        known = {edge, "bot.core", *(("bot.kept",) if edge == "bot.graph" else ())}
        yield from ((edge, room) for room in (*rooms(), "cards") if room not in known)
    yield from (("cards", room) for room in rooms())
    for outside in OUTSIDE:
        yield from ((room, outside) for room in (*rooms(), "cards"))
    yield from (("deploy", outside) for outside in ("simulator", "demo"))
    for outside in ("simulator", "demo", "deploy"):
        yield from ((outside, room) for room in (*rooms(), "cards"))


def libraries() -> Iterator[Pair]:
    for library, owners in LIBRARIES.items():
        yield from ((room, library) for room in (*rooms(), "cards", "simulator", "demo") if room not in owners)


class Linter:
    """The contracts of pyproject.toml, and the graph of the repository as it is."""

    def __init__(self) -> None:
        configure()
        options = use_cases.read_user_options(config_filename=str(ROOT / "pyproject.toml"))
        use_cases._register_contract_types(options)
        self.options = options.contracts_options
        self.contracts: list[Contract] = [
            registry.get_contract_class(one["type"])(
                name=one["name"], session_options=options.session_options, contract_options=one
            )
            for one in self.options
        ]
        self.graph: Any = use_cases._build_graph(
            root_package_names=options.session_options["root_packages"],
            include_external_packages=True,
            exclude_type_checking_imports=False,
            cache_dir=None,
            verbose=False,
        )

    def modules_of(self, room: str) -> list[str]:
        """The modules with code of a room: those that could hold an import."""
        inside = {room, *self.graph.find_descendants(room)}
        return sorted(one for one in inside if not self.graph.find_children(one))

    def breaks(self, importing: str, imported: str, contracts: Sequence[Contract]) -> bool:
        """Whether an import from one room into another (or of a library) breaks one of these contracts."""
        target = imported if imported in LIBRARIES else self.modules_of(imported)[-1]
        return self.planted(self.modules_of(importing)[0], target, contracts)

    def planted(self, importer: str, imported: str, contracts: Sequence[Contract]) -> bool:
        """The same, between two modules."""
        new = imported not in self.graph.modules
        if new:
            self.graph.add_module(imported, is_squashed=True)
        there = self.graph.direct_import_exists(importer=importer, imported=imported)
        if not there:
            self.graph.add_import(importer=importer, imported=imported)
        try:
            return any(not one.check(graph=self.graph, verbose=False).kept for one in contracts)
        finally:
            if not there:
                self.graph.remove_import(importer=importer, imported=imported)
            if new:
                self.graph.remove_module(imported)

    def reported(self, plants: Collection[Pair]) -> set[Pair]:
        """Those of these imports of libraries that some contract reports, each by name, with all of them planted."""
        new = {library for _, library in plants} - self.graph.modules
        for library in new:
            self.graph.add_module(library, is_squashed=True)
        planted = [
            (importer, library)
            for importer, library in plants
            if not self.graph.direct_import_exists(importer=importer, imported=library)
        ]
        for importer, library in planted:
            self.graph.add_import(importer=importer, imported=library)
        try:
            broken = [one.check(graph=self.graph, verbose=False).metadata for one in self.contracts]
        finally:
            for importer, library in planted:
                self.graph.remove_import(importer=importer, imported=library)
            for library in new:
                self.graph.remove_module(library)
        chains = [chain for said in broken for one in said.get("invalid_chains", ()) for chain in one["chains"]]
        return {(chain[0]["importer"], chain[0]["imported"]) for chain in chains if len(chain) == 1} & set(plants)

    def about(self, *names: str) -> list[Contract]:
        """All contracts, those first that say most of these: only the order depends on what they say."""
        said = {one["name"]: str(one) for one in self.options}
        return sorted(self.contracts, key=lambda one: -sum(f"{name}'" in said[one.name] for name in names))


@pytest.fixture(scope="module")
def linter() -> Iterator[Linter]:
    before = os.getcwd()  # noqa: PTH109 -- as it is put back
    os.chdir(ROOT)
    try:
        yield Linter()
    finally:
        os.chdir(before)


def test_nothing_is_broken_before_anything_is_planted(linter: Linter) -> None:
    assert all(one.check(graph=linter.graph, verbose=False).kept for one in linter.contracts)


@pytest.mark.parametrize("family", [dialogs, core, pytest.param(house, marks=pytest.mark.long)])
def test_an_import_between_any_two_that_must_not_know_each_other_breaks_a_contract(
    linter: Linter, family: Callable[[], Iterator[Pair]]
) -> None:
    pairs = sorted(set(family()))
    assert len(pairs) >= 12
    unnoticed = [pair for pair in pairs if not linter.breaks(*pair, linter.about(*pair))]
    assert unnoticed == []


def test_an_import_of_a_library_by_a_room_that_must_not_know_it_is_reported(linter: Linter) -> None:
    """All at once: a contract names the import that breaks it."""
    plants = {(linter.modules_of(room)[0], library) for room, library in libraries()}
    assert len(plants) > 250
    assert plants - linter.reported(plants) == set()


def test_an_import_from_any_module_of_a_dialog_or_feature_is_noticed(linter: Linter) -> None:
    """Not only from the first of a folder, which is tried above."""
    for one, other in (
        *dialogs(),
        *((f"bot.core.{one}", f"bot.core.{other}") for one, other in permutations(features(), 2)),
    ):
        target, importers = linter.modules_of(other)[0], linter.modules_of(one)
        contracts = linter.about(one, other, "handover")
        step = len(importers) // 3 + 1
        assert all(linter.planted(importer, target, contracts) for importer in importers[step::step])


def test_every_folder_is_in_the_contract_of_its_kind(linter: Linter) -> None:
    named = {one["name"]: one for one in linter.options}
    independent = {frozenset(one["modules"]) for one in named.values() if one["type"] == "independence"}
    assert frozenset({"bot.dialogs.*"}) in independent, "whichever they are"
    assert frozenset(f"bot.{name}" for name in EDGES) in independent
    layered = [
        {part.strip() for layer in one["layers"] for part in layer.split("|")}
        for one in named.values()
        if one["type"] == "layers"
    ]
    assert set(rooms()) in layered
    assert set(folders("bot", "core")) in layered


def test_every_contract_can_be_broken(linter: Linter) -> None:
    """None is hollow: each is broken by some plant of the families above."""
    pairs = sorted({*dialogs(), *core(), *house(), *libraries()})
    for contract in linter.contracts:
        said = str(next(one for one in linter.options if one["name"] == contract.name))
        concerned = [
            pair for pair in pairs if all(name in said for name in (pair[0].split(".")[-1], pair[1].split(".")[-1]))
        ] or sorted(dialogs())  # whose contract names none of them
        assert any(linter.breaks(*pair, (contract,)) for pair in concerned), contract.name
