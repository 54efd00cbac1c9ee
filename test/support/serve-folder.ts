/** @file A web server of this machine for one folder, for tests of pages that need one. */

import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
};

/**
 * Serves a folder until `server.close()`.
 *
 * @param folder - whose files are served; anything else is answered by 404
 * @param base - path under which they stand, with a slash at both ends
 * @returns the server and its address without a slash at the end
 */
export async function serveFolder(
  folder: string,
  base = "/",
): Promise<{ readonly server: Server; readonly address: string }> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    const file = path.startsWith(base) ? join(folder, path.slice(base.length)) : "";
    readFile(file).then(
      (content) => response.setHeader("content-type", TYPES[extname(path)] ?? "text/plain").end(content),
      // Browsers ask for an icon of their own accord.
      () => response.writeHead(path === "/favicon.ico" ? 204 : 404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
