-- What can the page of a series not show if only its points are printed?
SELECT DISTINCT
  of_series AS series,
  'The source prints these points and no result files: there are no repeats to take an interval from, no distributions of TTFT and TPOT, no request timeline, no token gaps and no warnings of the client.' AS text
FROM printed_point_row
