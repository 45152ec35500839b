import {benchbook} from "benchbook";

export default await benchbook({
  title: "Benchbook",
  pages: [
    {name: "Quantisation", path: "/quantisation"},
    {name: "MTP break-even", path: "/mtp-break-even"},
    {name: "Ceiling", path: "/ceiling"},
    {name: "Claims", path: "/claims"},
    {name: "Method", path: "/method"},
    {name: "Evidence", path: "/evidence"},
    {name: "Facts", path: "/facts"}
  ],
  palette: {
    awq: {light: "#0b5e86", dark: "#7cc0e8"},
    "awq-mtp1": {light: "#8a4f9e", dark: "#cf9fe0"},
    nvfp4: {light: "#a8600a", dark: "#e8ad5c"}
  },
  footer:
    '<a href="/facts">All facts</a> · <a href="/evidence">the evidence</a> · <a href="/method">method and sources</a>.'
});
