import path from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { repository } from "../test/support/repository.js";
import { installed, makeOthers, orvalModules, SERVICES, titleOf } from "./calls-others.js";
import type { Table } from "./suite.js";

/*
 * How big a program becomes that imports one class, one operation, or a whole client: ours and that of others.
 */

export const name = "bundles";

/** The name of each whole client. */
const CLIENTS = { sftpgo: "SFTPGo", peertube: "PeerTube", mastodon: "Mastodon" } as const;

/** Measures; bytes after minifying by esbuild and compressing by gzip. Takes about 15 seconds. */
export async function tables(folder: string): Promise<readonly Table[]> {
  makeOthers(folder);
  const others = [titleOf("hey-api"), titleOf("orval")];
  const rows = [await oneOperation(folder)];
  for (const service of SERVICES) rows.push(await wholeClient(folder, service));
  const own = await sizeOf('export { default } from "openapi-fetch";');
  return [
    {
      title: "Bundles",
      note:
        "Bytes, minified by esbuild and compressed by gzip. Ours bring authentication, retries, " +
        "deadlines, limits, typed errors and what the class's other methods need; hey-api's bring " +
        "authentication and errors; orval's functions call `fetch` and bring neither. " +
        `${titleOf("openapi-fetch")} has no generated code; whatever is called, it has ${shown(own)}.`,
      header: ["imported", "ours", ...others, "ours / hey-api"],
      rows,
    },
  ];
}

async function oneOperation(folder: string): Promise<readonly string[]> {
  const [ours, heyApi, orval] = await Promise.all([
    sizeOf(`export { TokenApi } from ${module("generated/sftpgo/index.ts")};`),
    sizeOf(`export { getToken } from ${text(path.join(folder, "hey-api-sftpgo/index.ts"))};`),
    sizeOf(`export { getToken } from ${text(path.join(folder, "orval-sftpgo/token/token.ts"))};`),
  ]);
  return rowOf("`getToken` of SFTPGo (ours: `TokenApi`)", ours, heyApi, orval);
}

async function wholeClient(
  folder: string,
  service: (typeof SERVICES)[number],
): Promise<readonly string[]> {
  const modules = orvalModules(folder, service);
  const [ours, heyApi, orval] = await Promise.all([
    sizeOf(`export { ${CLIENTS[service]} } from ${module(`generated/${service}/index.ts`)};`),
    sizeOf(`export * from ${text(path.join(folder, `hey-api-${service}`, "index.ts"))};`),
    sizeOf(modules.map((file, index) => `export * as m${index} from ${text(file)};`).join("\n")),
  ]);
  return rowOf(`all of ${CLIENTS[service]}`, ours, heyApi, orval);
}

function rowOf(title: string, ours: number, heyApi: number, orval: number): readonly string[] {
  return [title, shown(ours), shown(heyApi), shown(orval), (ours / heyApi).toFixed(2)];
}

function shown(bytes: number): string {
  return bytes.toLocaleString("en-US");
}

function module(file: string): string {
  return text(repository(file));
}

function text(value: string): string {
  return JSON.stringify(value);
}

async function sizeOf(contents: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: repository("bench") },
    nodePaths: [installed()],
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    write: false,
  });
  return gzipSync(outputFiles[0]?.contents ?? "", { level: 9 }).length;
}
