import { readdirSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { repository } from "../support/repository.js";

/** A class or client of which a program imports nothing else. */
export interface Import {
  readonly service: string;
  readonly name: string;
  /** What it must stay under, in bytes. */
  readonly limit?: number;
}

/** What is imported only where it is used: the modules of the runtime, without their extension. */
export interface Feature {
  readonly name: string;
  readonly modules: readonly string[];
}

/** The smallest class of each service, and the whole. */
export const IMPORTS: readonly Import[] = [
  { service: "sftpgo", name: "TokenApi", limit: 7_300 },
  { service: "sftpgo", name: "SFTPGo" },
  { service: "peertube", name: "SessionApi" },
  { service: "peertube", name: "PeerTube" },
  { service: "mastodon", name: "OauthApi" },
  { service: "mastodon", name: "Mastodon" },
];

/** What all kinds of paging need. */
const PAGING = ["page-rule", "page-size", "page-walk", "paging-error"];

/** Every module that is not in each bundle anyway. */
export const FEATURES: readonly Feature[] = [
  { name: "JSON in requests", modules: ["json"] },
  { name: "forms", modules: ["form", "styles", "encode-as"] },
  { name: "forms with files", modules: ["multipart"] },
  { name: "text and bytes in requests", modules: ["text", "binary"] },
  {
    name: "answers that are not JSON",
    modules: ["as-text", "as-blob", "as-nothing", "accepted", "by-status", "by-media-type"],
  },
  { name: "lists in pages, by offset", modules: ["paged-promise", "offset-pages", ...PAGING] },
  { name: "lists in pages, by `Link`", modules: ["link-pages", "link-header", ...PAGING] },
  { name: "lists in pages, by keyset", modules: ["paged-promise", "keyset-pages", ...PAGING] },
  {
    name: "event streams",
    modules: ["event-stream", "text-connection", "event-parser", "reconnection", "text-pieces"],
  },
  {
    name: "streams of JSON values",
    modules: ["json-stream", "json-records", "text-connection", "text-pieces"],
  },
  { name: "JSON values sent one by one", modules: ["json-items", "json-records", "byte-stream"] },
  {
    name: "multipart bodies without names",
    modules: ["multipart-parts", "multipart", "multipart-stream", "byte-stream"],
  },
  { name: "a parameter that is the whole query", modules: ["whole-query"] },
  {
    name: "sessions that renew themselves",
    modules: ["token-keeper", "token-response", "token-storage", "session-errors"],
  },
  {
    name: "OAuth2 flows, with PKCE",
    modules: [
      ...["oauth2", "oauth2-error", "authorization-code", "pkce"],
      ...["token-keeper", "token-response", "token-storage", "session-errors"],
    ],
  },
  { name: "logging in on another device", modules: ["device-login", "oauth2-error"] },
  {
    name: "files as streams, with progress",
    modules: [
      ...["byte-stream", "content-length", "multipart-stream"],
      ...["progress", "stream-body", "stream-part"],
    ],
  },
  { name: "downloads that go on after a break", modules: ["download"] },
  {
    name: "64-bit integers without loss",
    modules: [
      ...["as-int64-json", "int64-content", "int64-errors", "int64-json", "int64-schema"],
      ...["int64-events", "int64-items", "long-numbers", "parse-int64", "stringify-int64"],
    ],
  },
  { name: "logging without secrets", modules: ["logging"] },
  {
    name: "the drift sentinel (zod and its validators come on top)",
    modules: [
      ...["drift-sentinel", "drift-sentinel-body", "drift-sentinel-findings"],
      ...["drift-sentinel-memory", "schema-checks", "zod-names"],
    ],
  },
  { name: "rate limits, read from headers", modules: ["rate-limit"] },
  { name: "request ids", modules: ["request-id"] },
  { name: "operations that the document lacks", modules: ["undocumented-call"] },
  { name: "fakes for tests", modules: ["fake", "fake-calls", "fake-response"] },
  { name: "narrowing of errors (`isApiError`)", modules: ["is-api-error"] },
  { name: "cookies", modules: ["cookies"] },
  { name: "URLs for a browser to visit", modules: ["as-url"] },
  { name: "idempotency keys", modules: ["unique-key"] },
  { name: "links to other pages", modules: ["same-origin"] },
  { name: "lists that begin at a page that was told", modules: ["starting-at"] },
  { name: "options for TanStack Query", modules: ["tanstack-query", "starting-at", "as-url"] },
  {
    name: "handlers for Mock Service Worker",
    modules: ["msw", "fake-response", "json-records"],
  },
  { name: "servers with variables", modules: ["server-template"] },
];

/** The class to which features are added when they are measured. */
const SMALLEST = 'export { TokenApi } from "./generated/sftpgo/index.js";';

/** What a bundle is: as a browser gets it. */
export interface Bundle {
  /** Bytes when minified and compressed. */
  readonly size: number;
  /** What is in it: bytes when minified, by file. */
  readonly files: ReadonlyMap<string, number>;
}

/** Bundles an import. */
export function bundleOf({ service, name }: Import): Promise<Bundle> {
  return bundled(`export { ${name} } from "./generated/${service}/index.js";`);
}

/** What features add to the smallest class, in bytes, in their order. */
export async function sizesOf(features: readonly Feature[]): Promise<readonly number[]> {
  const { size: smallest } = await bundled(SMALLEST);
  const bundles = features.map(({ modules }) =>
    bundled(
      [
        SMALLEST,
        ...modules.map((module) => `export * from "./generated/runtime/${module}.js";`),
      ].join("\n"),
    ),
  );
  return (await Promise.all(bundles)).map(({ size }) => size - smallest);
}

/** The modules of the runtime that are neither in the smallest bundle nor types only. */
export async function optionalModules(): Promise<readonly string[]> {
  const folder = "generated/runtime";
  const modules = readdirSync(repository(folder))
    .filter((file) => file.endsWith(".ts"))
    .map((file) => file.slice(0, -".ts".length));
  const all = modules.map((module) => `export * from "./${folder}/${module}.js";`).join("\n");
  const [{ files: core }, { files }] = await Promise.all([bundled(SMALLEST), bundled(all)]);
  return modules.filter((module) => {
    const file = `${folder}/${module}.ts`;
    return files.has(file) && !core.has(file);
  });
}

async function bundled(contents: string): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: repository("") },
    absWorkingDir: repository(""),
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    metafile: true,
    write: false,
  });
  const [output] = outputFiles;
  if (output === undefined) throw new Error("esbuild gave no output");
  const inputs = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.entries(inputs));
  const files = inputs.map(([file, { bytesInOutput }]) => [file, bytesInOutput] as const);
  return {
    size: gzipSync(output.contents, { level: 9 }).length,
    files: new Map(files.filter(([, bytes]) => bytes > 0)),
  };
}
