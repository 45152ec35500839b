import {fileURLToPath} from "node:url";
import {run} from "../loaders/cli/run.js";
import {makeVisitor} from "../test/support/browser.js";
import {builtSite} from "../test/support/workspace.js";

await run(
  {
    before: `Usage: npm run screenshot

Draws docs/screenshot.png from dist/: a finding, and the panel of one of its numbers.`,
    flags: {}
  },
  async () => {
    const visitor = await makeVisitor(builtSite());
    try {
      const {page} = await visitor.visit("/quantisation", {viewport: {width: 1280, height: 800}});
      await page.locator('main data[data-fact="lead_extreme.max"]').filter({visible: true}).first().click();
      await page.locator('dialog [data-agrees="true"]').waitFor({timeout: 60_000});
      await page.screenshot({path: fileURLToPath(new URL("screenshot.png", import.meta.url))});
    } finally {
      await visitor.close();
    }
  }
);
