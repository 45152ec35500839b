import {z} from "zod";
import {verdict} from "../evidence/schema.js";

/** Everything the pages print, made by the loaders and read by the markdown plugin. */
export const report = z.strictObject({
  /** Facts by id. */
  facts: z.record(
    z.string(),
    z.strictObject({id: z.string(), value: z.number(), text: z.string(), intervalText: z.string()})
  ),
  /** Names, settings and titles by reference: `label.awq`, `card.awq.kernel`, `metric.ttft_p99`. */
  texts: z.record(z.string(), z.string()),
  /** Links by reference: `source.glm-awq-benchmark`. */
  links: z.record(z.string(), z.strictObject({title: z.string(), url: z.string().nullable()})),
  /** Claims by id. */
  claims: z.record(
    z.string(),
    z.strictObject({
      id: z.string(),
      page: z.string(),
      verdict,
      quote: z.string(),
      reading: z.string().nullable(),
      own: z.boolean()
    })
  ),
  /** Figures by name: HTML of the drawings, and the table that says the same. */
  figures: z.record(z.string(), z.strictObject({html: z.string(), table: z.string()})),
  /** Explorables by name, as HTML: what each starts from, drawn and as JSON. */
  explorables: z.record(z.string(), z.string()),
  /** Tables by name, as HTML. */
  tables: z.record(z.string(), z.string())
});

export type Report = z.infer<typeof report>;
