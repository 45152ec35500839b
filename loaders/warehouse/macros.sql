-- How are intervals carried through arithmetic?
-- A quantity is STRUCT(value, low, high). Each operation is monotonic in each operand, so the ends of its result come
-- from the ends of its operands. Operands of ratio and product are positive.
CREATE MACRO quantity(value, half_width) AS {'value': value, 'low': value - half_width, 'high': value + half_width};

CREATE MACRO exact(n) AS {'value': n::DOUBLE, 'low': n::DOUBLE, 'high': n::DOUBLE};

CREATE MACRO ratio(a, b) AS {'value': a.value / b.value, 'low': a.low / b.high, 'high': a.high / b.low};

CREATE MACRO product(a, b) AS {'value': a.value * b.value, 'low': a.low * b.low, 'high': a.high * b.high};

CREATE MACRO difference(a, b) AS {'value': a.value - b.value, 'low': a.low - b.high, 'high': a.high - b.low};

CREATE MACRO scaled(a, factor) AS {'value': a.value * factor, 'low': a.low * factor, 'high': a.high * factor};

CREATE MACRO shifted(a, offset_by) AS {'value': a.value + offset_by, 'low': a.low + offset_by, 'high': a.high + offset_by};

-- Every source once, in a fixed order.
CREATE MACRO merged(a, b) AS list_sort(list_distinct(list_concat(a, b)));

-- Whether a statement is true for everything that the rounding allows, for some of it, or for none. Over no rows,
-- nothing is true.
CREATE MACRO truth(always, sometimes) AS CASE WHEN coalesce(always, FALSE) THEN 'holds' WHEN coalesce(sometimes, FALSE) THEN 'holds-within-rounding' ELSE 'contradicted' END;

-- The quantity in a row of facts.
CREATE MACRO bounded(value, low, high) AS {'value': value, 'low': low, 'high': high};

-- Where a straight line through (x0, y0) and (x1, y1) passes zero.
CREATE MACRO zero_between(x0, y0, x1, y1) AS x0 + (x1 - x0) * y0 / (y0 - y1);

-- Speculative decoding: the mean tokens of a step, and the speed-up of decoding. verification and draft are the times
-- of a verifying step and of one drafted token, relative to a plain step.
CREATE MACRO tokens_per_step(acceptance, draft_tokens) AS CASE WHEN acceptance = 1 THEN draft_tokens + 1 ELSE (1 - acceptance ** (draft_tokens + 1)) / (1 - acceptance) END;

CREATE MACRO expected_speedup(acceptance, draft_tokens, verification, draft) AS tokens_per_step(acceptance, draft_tokens) / (verification + draft_tokens * draft);

-- Loads as the pages write them: what the loads of one table have in common, and each one below that heading.
CREATE MACRO load_axis(are_concurrencies, are_rates, lowest_limit, highest_limit) AS CASE WHEN are_concurrencies THEN 'Concurrency' WHEN are_rates
AND lowest_limit = highest_limit THEN 'Request rate (req/s)' ELSE 'Load' END;

-- When a run started: in the client's local time in vLLM's files, otherwise in UTC.
CREATE MACRO started_at(started) AS coalesce(try_strptime(started, '%Y%m%d-%H%M%S'), try_cast (started AS TIMESTAMP));

-- “24 November 2026, 20:16 UTC”; what is no date stays as it is.
CREATE MACRO written_date(started) AS coalesce(
  strftime(started_at(started), '%-d %B %Y, %H:%M') || CASE
    WHEN started[9] = '-' THEN ' local time'
    ELSE ' UTC'
  END,
  started
);

-- “on 24 November 2026, 20:13 to 20:16 UTC”, from two written dates; empty where they are not known.
CREATE MACRO written_span(first_date, last_date) AS CASE WHEN first_date IS NULL THEN '' WHEN first_date = last_date THEN ' on ' || first_date WHEN split_part(first_date, ', ', 1) = split_part(last_date, ', ', 1)
AND substr(split_part(first_date, ', ', 2), 6) = substr(split_part(last_date, ', ', 2), 6) THEN ' on ' || left(first_date, - length(substr(split_part(first_date, ', ', 2), 6))) || ' to ' || split_part(last_date, ', ', 2) ELSE ' from ' || first_date || ' to ' || last_date END;

-- A count as the pages write it: 12 345.
CREATE MACRO written_count(n) AS CASE WHEN n > 9999 THEN replace(format('{:,}', n::BIGINT), ',', chr(8239)) ELSE n::BIGINT::VARCHAR END;

-- Whose clients measured some runs: npm run bench alone, vLLM's alone, or both.
CREATE MACRO clients(are_all_own, is_any_own) AS CASE WHEN are_all_own THEN 'own' WHEN is_any_own THEN 'both' ELSE 'vllm' END;

-- That there are no warnings, without a full stop.
CREATE MACRO no_warnings(whose) AS CASE whose WHEN 'own' THEN 'The result files hold no warnings' WHEN 'both' THEN 'The result files of `npm run bench` hold no warnings; vLLM’s client records none, and this report notes none' ELSE 'vLLM’s client records no warnings, and this report notes none' END;

-- Text as it may stand in Markdown.
CREATE MACRO html_text(words) AS replace(replace(replace(replace(words, '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;');

-- The fact that a compared point is: printed, or measured under a definition.
CREATE MACRO compared_fact(series, semantics, metric, offered_load) AS CASE WHEN semantics <> 'as-printed' THEN 'result_point.' || series || '.' || semantics || '.' || metric ELSE CASE metric
  WHEN 'system_throughput' THEN 'throughput.'
  WHEN 'median_ttft_ms' THEN 'ttft.'
  ELSE 'tpot.'
END || series END || '.' || offered_load;
