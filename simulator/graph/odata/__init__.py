"""The OData of Graph: $filter, $select, $expand, $top, $count, $skiptoken. Strict: what Graph refuses is refused."""
