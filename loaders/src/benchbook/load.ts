// Large files are shipped gzipped: some hosts send them uncompressed and refuse files over 25 MiB.

/**
 * Loads a gzipped file as if it had been sent plain.
 * @throws Error that names the file and the host's answer
 */
export async function load(
  file: {url(): Promise<string>},
  type = "application/octet-stream"
): Promise<Response> {
  const url = await file.url();
  const response = await fetch(url);
  if (!response.ok)
    throw new Error(`${url} could not be loaded (${response.status} ${response.statusText}).`);
  // A host that declares the encoding has had it inflated by the browser.
  const isInflated = response.headers.get("content-encoding") === "gzip";
  const body = isInflated ? response.body : response.body?.pipeThrough(new DecompressionStream("gzip"));
  return new Response(body, {headers: {"content-type": type}});
}
