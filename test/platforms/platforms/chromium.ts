import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import path from "node:path";
import { text } from "node:stream/consumers";
import { close, listen } from "../server/server.js";
import type { CaseResult } from "../suite/suite.js";
import { bundle } from "./build.js";
import type { Platform } from "./platform.js";
import { onPath, start } from "./program.js";

/** The page's own host: unlike 127.0.0.1 it is no secure context, and browsers lack some APIs there. */
const HOST = "page.test";

/** How it is started wherever it runs: headless, and asking nothing of the network by itself. */
export const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  `--host-resolver-rules=MAP ${HOST} 127.0.0.1`,
  // Containers give it little shared memory.
  "--disable-dev-shm-usage",
];

/** No inline script, no `eval`, no code from elsewhere: the clients work under a strict policy. */
const POLICY = "default-src 'none'; script-src 'self'; connect-src 'self' http://127.0.0.1:*";

const PAGE = '<!doctype html><title>suite</title><script type="module" src="/page.js"></script>';

/** A browser, from the operating system. */
export const CHROMIUM: Platform = {
  name: "Chromium",
  form: "bundle",
  install: "apt-get install --no-install-recommends chromium",
  find: () => onPath("chromium", "chromium-browser"),
  run: async ({ program, options, folder, signal }) => {
    const script = path.join(folder, "page.js");
    await bundle("page.ts", script);
    const { promise: results, resolve } = pending<readonly CaseResult[]>();
    const server = createServer((request, response) => {
      void serve(request, response).catch(() => response.destroy());
    });
    const { port } = new URL(await listen(server));
    const profile = `--user-data-dir=${path.join(folder, "profile")}`;
    const args = [...FLAGS, profile, `http://${HOST}:${port}/`];
    const running = start({ program, args, folder, signal });
    const early = running.ended.then((code) => {
      throw new Error(`ended with ${String(code)}: ${running.output().slice(-2_000)}`);
    });
    try {
      return await Promise.race([results, early]);
    } finally {
      running.stop();
      await early.catch(() => undefined);
      await close(server);
    }

    async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
      response.setHeader("content-security-policy", POLICY);
      switch (request.url) {
        case "/":
          response.setHeader("content-type", "text/html; charset=utf-8").end(PAGE);
          break;
        case "/page.js":
          response.setHeader("content-type", "text/javascript").end(readFileSync(script));
          break;
        case "/options":
          response.setHeader("content-type", "application/json").end(JSON.stringify(options));
          break;
        case "/results":
          resolve(JSON.parse(await text(request)) as readonly CaseResult[]);
          response.end();
          break;
        default:
          response.writeHead(404).end();
      }
    }
  },
};

function pending<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve: ((value: T) => void) | undefined;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve: (value) => resolve?.(value) };
}
