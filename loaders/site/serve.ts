import {createServer, type Server} from "node:http";
import sirv from "sirv";

/** Serves a folder of finished pages as a static host does. Port 0 picks any free port. */
export async function serve(folder: string, port: number): Promise<{url: string; server: Server}> {
  const files = sirv(folder, {etag: true, extensions: ["html"]});
  const server = createServer((request, response) =>
    files(request, response, () => {
      response.statusCode = 404;
      response.setHeader("content-type", "text/plain; charset=utf-8");
      response.end("Not found");
    })
  );
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return {url: `http://127.0.0.1:${address.port}/`, server};
}
