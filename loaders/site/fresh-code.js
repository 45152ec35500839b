// A hook for Node's module loader: modules imported by code of one version are of the same version. This loads changed
// code again but keeps packages, which are large and run fast only after a while.

const engine = new URL("..", import.meta.url).href;

/** @type {import("node:module").ResolveHook} */
export async function resolve(specifier, context, next) {
  const resolved = await next(specifier, context);
  const version = /[?&]version=(\w+)/.exec(context.parentURL ?? "")?.[1];
  const isOurs = resolved.url.startsWith(engine) || !resolved.url.includes("/node_modules/");
  if (version === undefined || !resolved.url.startsWith("file:") || !isOurs) return resolved;
  const url = new URL(resolved.url);
  url.searchParams.set("version", version);
  return {...resolved, url: url.href};
}
