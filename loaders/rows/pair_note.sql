-- What does the page of two series say first, if both are simulated?
SELECT
  series,
  baseline,
  '<p class="note"><strong>Simulated.</strong> A simulator gave both series, not a GPU; no finding uses them.</p>' AS text
FROM
  compared_pair
  JOIN series AS card ON card.id = compared_pair.series
WHERE card.role = 'simulated'
