-- How are intervals carried through arithmetic?
-- A quantity is STRUCT(value, low, high). Each operation is monotonic in each operand, so the ends of
-- its result lie at ends of its operands. Operands of ratio and product are positive.
CREATE MACRO quantity(value, half_width) AS {'value': value, 'low': value - half_width, 'high': value + half_width};

CREATE MACRO exact(n) AS {'value': n::DOUBLE, 'low': n::DOUBLE, 'high': n::DOUBLE};

CREATE MACRO ratio(a, b) AS {'value': a.value / b.value, 'low': a.low / b.high, 'high': a.high / b.low};

CREATE MACRO product(a, b) AS {'value': a.value * b.value, 'low': a.low * b.low, 'high': a.high * b.high};

CREATE MACRO difference(a, b) AS {'value': a.value - b.value, 'low': a.low - b.high, 'high': a.high - b.low};

CREATE MACRO scaled(a, factor) AS {'value': a.value * factor, 'low': a.low * factor, 'high': a.high * factor};

CREATE MACRO shifted(a, offset_by) AS {'value': a.value + offset_by, 'low': a.low + offset_by, 'high': a.high + offset_by};

-- Every source once, in a fixed order.
CREATE MACRO merged(a, b) AS list_sort(list_distinct(list_concat(a, b)));

-- A statement that is true for everything the rounding allows, for some of it, or for none. Over no
-- rows at all nothing is true.
CREATE MACRO truth(always, sometimes) AS CASE WHEN coalesce(always, FALSE) THEN 'holds' WHEN coalesce(sometimes, FALSE) THEN 'holds-within-rounding' ELSE 'contradicted' END;
