import {type Deployment, PLAIN} from "../../loaders/simulate/deployment.js";

/** Rows in which all figures differ, and a model that drafts one token per step. */
export const DRAFTING: Deployment = {
  ...PLAIN,
  name: "drafting",
  model: "org/drafting",
  tpot: [
    [1, 18],
    [4, 24],
    [16, 36]
  ],
  ttft: [
    [1, 50],
    [4, 110],
    [16, 180]
  ],
  ttftTail: [
    [1, 17],
    [4, 22],
    [16, 80]
  ],
  speculation: {draftTokens: 1, acceptance: 0.763},
  inputTokens: 516
};
