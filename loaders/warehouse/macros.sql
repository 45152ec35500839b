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

-- The quantity that a row of facts holds.
CREATE MACRO bounded(value, low, high) AS {'value': value, 'low': low, 'high': high};

-- Where a straight line through (x0, y0) and (x1, y1) passes zero.
CREATE MACRO zero_between(x0, y0, x1, y1) AS x0 + (x1 - x0) * y0 / (y0 - y1);

-- Speculative decoding: the tokens a step yields on average, and how many times as fast it decodes.
-- verification and draft are in times of a plain step: that of the verifying step, that of one drafted token.
CREATE MACRO tokens_per_step(acceptance, draft_tokens) AS CASE WHEN acceptance = 1 THEN draft_tokens + 1 ELSE (1 - acceptance ** (draft_tokens + 1)) / (1 - acceptance) END;

CREATE MACRO expected_speedup(acceptance, draft_tokens, verification, draft) AS tokens_per_step(acceptance, draft_tokens) / (verification + draft_tokens * draft);
