// Large files are shipped gzipped, because some hosts do not compress and refuse files over 25 MiB.

/**
 * Loads a gzipped file and decompresses it.
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
  // If the host declared the encoding, the browser has already decompressed it.
  const isInflated = response.headers.get("content-encoding") === "gzip";
  const body = isInflated ? response.body : response.body?.pipeThrough(new DecompressionStream("gzip"));
  return new Response(body, {headers: {"content-type": type}});
}
