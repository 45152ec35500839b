/** The pages of the site in the order of its navigation; the front page is its home. */
export const pages = [
  {name: "Quantisation", path: "/quantisation"},
  {name: "MTP break-even", path: "/mtp-break-even"},
  {name: "Ceiling", path: "/ceiling"},
  {name: "Claims", path: "/claims"},
  {name: "Method", path: "/method"},
  {name: "Evidence", path: "/evidence"},
  {name: "Facts", path: "/facts"}
];
