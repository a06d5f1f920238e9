"""An entity type: its properties, what is returned by default, what can be filtered, where it leads."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from simulator.graph.call import Call, bad_request
from simulator.graph.odata.filter import Filterable
from simulator.graph.odata.select import Expansion, parse_expand, parse_select
from simulator.store.tenant import Row, Source, Tenant

Value = Callable[[Row], Any]


@dataclass(frozen=True, slots=True)
class Navigation:
    """A relationship: to which type, one or many, and its rows for the object with this number."""

    target: Callable[[], "Entity"]
    rows: Callable[[Tenant, int], Source]
    many: bool = True


@dataclass(frozen=True, slots=True)
class Entity:
    """`properties` maps a name to its value; `parts` are the sub-properties that only a filter can name
    (`student/externalId`); `dynamic` accepts directory extensions, which Graph leaves out where unset.
    """

    name: str
    properties: Mapping[str, Value]
    default: tuple[str, ...]
    filterable: Mapping[str, Filterable] = field(default_factory=dict)
    parts: frozenset[str] = frozenset()
    navigation: Mapping[str, Navigation] = field(default_factory=dict)
    variants: Mapping[str, "Entity"] = field(default_factory=dict)
    """Of a list of different things: the entity by the row's `kind`. `properties` are then those of all."""
    dynamic: re.Pattern[str] | None = None
    dynamic_value: Callable[[Row, str], Any] | None = None

    @property
    def known(self) -> frozenset[str]:
        """Everything a filter may name without being a misspelling."""
        return frozenset(self.properties) | self.parts


@dataclass(frozen=True, slots=True)
class Shape:
    """What of an entity an answer shows. `select` None: the default properties."""

    entity: Entity
    select: tuple[str, ...] | None = None
    expand: tuple[Expansion, ...] = ()

    @property
    def columns(self) -> str:
        """For `@odata.context`: `(id,displayName,schools())` or nothing."""
        listed = [*(self.select or ()), *(f"{item.name}({','.join(item.select or ())})" for item in self.expand)]
        return f"({','.join(listed)})" if listed else ""

    def render(self, tenant: Tenant, row: Row) -> dict[str, Any]:
        """The object as JSON."""
        if self.entity.variants:
            return self._render_variant(tenant, row)
        body: dict[str, Any] = {}
        for name in self.select or self.entity.default:
            value = self.entity.properties.get(name)
            if value is not None:
                body[name] = value(row)
            elif self.entity.dynamic_value and (extension := self.entity.dynamic_value(row, name)) is not None:
                body[name] = extension
        for item in self.expand:
            navigation = self.entity.navigation[item.name]
            target = Shape(navigation.target(), item.select)
            related = [target.render(tenant, found) for found in tenant.rows(navigation.rows(tenant, row["n"]))]
            body[item.name] = related if navigation.many else (related[0] if related else None)
        return body

    def _render_variant(self, tenant: Tenant, row: Row) -> dict[str, Any]:
        """With its type, and without what is selected but not a property of this type."""
        variant = self.entity.variants[row["kind"]]
        select = self.select and tuple(name for name in self.select if name in variant.properties)
        shown = {} if select == () else Shape(variant, select).render(tenant, row)
        return {"@odata.type": f"#{variant.name}", **shown}


def read_shape(call: Call, entity: Entity) -> Shape:
    """The shape a request asks for with $select and $expand; 400 for a name the type does not have."""
    select = parse_select(call.options["$select"]) if "$select" in call.options else None
    expand = parse_expand(call.options["$expand"]) if "$expand" in call.options else ()
    _check_names(entity, select)
    for item in expand:
        if item.name not in entity.navigation:
            raise _no_property(item.name, entity)
        _check_names(entity.navigation[item.name].target(), item.select)
    return Shape(entity, select, expand)


def _check_names(entity: Entity, select: tuple[str, ...] | None) -> None:
    for name in select or ():
        extension = entity.dynamic is not None and entity.dynamic.fullmatch(name)
        if name not in entity.properties and not extension:
            raise _no_property(name, entity)


def _no_property(name: str, entity: Entity) -> Exception:
    return bad_request(
        f"Parsing OData Select and Expand failed: Could not find a property named '{name}' on type '{entity.name}'."
    )
