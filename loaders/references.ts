// The references of pages and claims, in braces: {{ttft.fp8.c8}}, {{ttft.fp8.c8 interval}}, {{label.fp8}},
// {{source.vllm}}, {{claim.ahead}}.

/** A reference in a text to something in the report. */
export type Reference =
  | {kind: "fact"; id: string; part: "value" | "interval"}
  | {kind: "text"; name: string}
  | {kind: "link"; name: string}
  | {kind: "claim"; id: string};

/** A piece of a text: prose, a reference, or braces that contain no reference. `source` is the text as written. */
export type Piece =
  | {kind: "prose"; source: string}
  | {kind: "unreadable"; source: string}
  | {kind: "reference"; source: string; reference: Reference};

/** Splits a text into its pieces, none of them empty. */
export function pieces(text: string): Piece[] {
  return text
    .split(/(\{\{.*?\}\})/s)
    .filter((source) => source !== "")
    .map((source) => {
      if (!/^\{\{.*\}\}$/s.test(source)) return {kind: "prose", source};
      const reference = parseReference(source.slice(2, -2));
      return reference === undefined ? {kind: "unreadable", source} : {kind: "reference", source, reference};
    });
}

export function references(text: string): Reference[] {
  return pieces(text).flatMap((piece) => (piece.kind === "reference" ? piece.reference : []));
}

const textNamespaces = new Set(["label", "card", "metric", "author", "gpu", "gpu_link"]);

function parseReference(content: string): Reference | undefined {
  const [name = "", part, ...rest] = content.trim().split(/\s+/);
  const namespace = name.split(".")[0] ?? "";
  if (name === "" || rest.length > 0 || (part !== undefined && part !== "interval")) return;
  if (namespace === "claim") return part ? undefined : {kind: "claim", id: name.slice("claim.".length)};
  if (namespace === "source") return part ? undefined : {kind: "link", name};
  if (textNamespaces.has(namespace)) return part ? undefined : {kind: "text", name};
  return {kind: "fact", id: name, part: part ?? "value"};
}
