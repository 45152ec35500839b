-- What is the 97.5 % quantile of Student's t at each number of degrees of freedom?
SELECT
  df,
  t
FROM
  (
    VALUES
      (1, 12.706),
      (2, 4.303),
      (3, 3.182),
      (4, 2.776),
      (5, 2.571),
      (6, 2.447),
      (7, 2.365),
      (8, 2.306),
      (9, 2.262),
      (10, 2.228),
      (12, 2.179),
      (15, 2.131),
      (20, 2.086),
      (30, 2.042),
      (60, 2.0),
      (120, 1.98)
  ) AS tabulated (df, t)
