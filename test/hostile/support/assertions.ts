import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { arrayMember, isObject, member, stringMember } from "../../../generator/document/json.js";
import type { JsonValue } from "../../../generator/document/source.js";
import type { GeneratedFile } from "../../../generator/output/generated-file.js";
import { printed, type Generated } from "../../support/generate.js";
import { openClient, type Called, type Client } from "./client.js";
import type { HostileDocument } from "./hostile-documents.js";
import { UNSEEN } from "./line.js";
import { codeOf, found, nameLists, stringsUnder, textsIn } from "./reading.js";

/** A document, and what came of it. */
export interface Run {
  readonly document: HostileDocument;
  readonly result: Generated;
  readonly seconds: number;
  /** The absolute paths of all files that were read. */
  readonly read: readonly string[];
  /** What was sent over the network, or tried to. */
  readonly requests: readonly string[];
  /** The sources of regular expressions that were made. */
  readonly patterns: readonly string[];
  /** What the strictest compiler says. */
  readonly typeErrors: readonly string[];
  /** Memory of a process that does nothing else, in MB. */
  readonly memory: () => Promise<number>;
  /** The files of the same document under another spelling. */
  readonly files: (text: string) => Promise<readonly GeneratedFile[]>;
}

type Check = (run: Run, argument: string) => void | Promise<void>;

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/** What `assert:` can name. */
export const ASSERTIONS: Readonly<Record<string, Check>> = {
  /* ------------------------------------------------------------------------------ generation */
  "tsc-strict": ({ typeErrors }) => {
    expect(typeErrors.slice(0, 5)).toEqual([]);
  },
  "no-code": (run, marker) => {
    for (const { path, text } of filesOf(run)) expect(codeOf(text), path).not.toContain(marker);
  },
  "inside-outdir": namesAreSafe,
  "file-names-portable": namesAreSafe,
  "file-names-case-unique": namesAreSafe,
  "file-names-max": (run, length) => {
    for (const { path } of filesOf(run)) expect(path.length).toBeLessThanOrEqual(Number(length));
  },
  "names-unique": (run) => {
    for (const names of nameLists(filesOf(run))) {
      expect(new Set(names).size).toBe(names.length);
    }
  },
  "literal-values-preserved": (run) => {
    keeps(run, [...found(documentOf(run), "enum"), ...found(documentOf(run), "properties")]);
  },
  "path-literal-preserved": (run) => {
    keeps(run, found(documentOf(run), "paths"));
  },
  "header-values-no-crlf": async (run) => {
    // `Headers` refuses such values, so that what was sent has none; and what was not sent was refused by us.
    for (const { error } of await calls(run)) expect(String(error)).not.toContain("TypeError");
  },
  "output-valid-utf8": (run) => {
    for (const { text } of filesOf(run)) expect(text.isWellFormed()).toBe(true);
  },
  "output-no-bidi-controls": (run) => {
    for (const { text } of filesOf(run)) expect(text).not.toMatch(UNSEEN);
  },
  "lf-newlines": (run) => {
    for (const { text } of filesOf(run)) expect(text).not.toContain("\r");
  },
  "same-output-as-without-bom": async (run) => {
    const text = readFileSync(run.document.file, "utf8");
    expect(text).toContain("\r\n");
    const plain = text.replace(/^\ufeff/, "").replaceAll("\r\n", "\n");
    expect(await run.files(plain)).toEqual(filesOf(run));
  },
  "deterministic-under-key-reorder": async (run) => {
    const text = JSON.stringify(reversed(documentOf(run)));
    expect(await run.files(text)).toEqual(filesOf(run));
  },
  "no-bare-Infinity-or-NaN": (run) => {
    for (const { text } of filesOf(run)) expect(codeOf(text)).not.toMatch(/\b(?:Infinity|NaN)\b/);
  },
  "int64-not-rounded-silently": ({ result: { diagnostics } }) => {
    expect(diagnostics.map(({ code }) => code)).toContain("unsafe-integer");
  },
  "type-recursive": (run) => {
    for (const { path, text } of filesOf(run)) {
      if (path === "models.ts") expect(codeOf(text)).not.toMatch(/\b(?:any|unknown)\b/);
    }
    const models = filesOf(run).find(({ path }) => path === "models.ts")?.text ?? "";
    expect(models).toMatch(/interface (\w+) \{(?:.|\n)*?\b\1\b(?:.|\n)*?\n\}/);
  },
  "no-global-shadowing-breakage": (run) => {
    const [declared = []] = nameLists(filesOf(run));
    const globals = new Set(Object.getOwnPropertyNames(globalThis));
    expect(declared.filter((name) => globals.has(name))).toEqual([]);
  },
  "no-regex-executed-at-generation": (run) => {
    const dangerous = new Set(stringsUnder(documentOf(run), "pattern"));
    expect(run.patterns.filter((pattern) => dangerous.has(pattern))).toEqual([]);
    expect(filesOf(run).length).toBeGreaterThan(0);
  },
  "no-proto-pollution": async (run) => {
    await calls(run);
    const plain: object = {};
    for (const key in plain) expect(key).toBe("nothing that every object has");
    expect(Object.getPrototypeOf(plain)).toBe(Object.prototype);
    expect(Object.keys(Object.prototype)).toEqual([]);
  },
  /* -------------------------------------------------------------------------------- bounds */
  "max-seconds": ({ seconds }, most) => {
    expect(seconds).toBeLessThan(Number(most));
  },
  "max-rss-mb": async ({ memory }, most) => {
    expect(await memory()).toBeLessThan(Number(most));
  },
  "no-read-outside-root": ({ document, read }) => {
    expect(read).toEqual([document.file]);
  },
  "no-network": ({ requests }) => {
    expect(requests).toEqual([]);
  },
  /* -------------------------------------------------------------------------------- errors */
  "no-stack-trace": ({ result }) => {
    expect(printed(result)).not.toMatch(/\n\s+at |Error:/);
  },
  "error-names-file": ({ document, result }) => {
    expect(printed(result)).toContain(`${document.name}.`);
  },
  "error-points-at-place": pointsAtPlace,
  "error-points-at-ref": (run) => {
    pointsAtPlace(run);
    expect(printed(run.result)).toContain("$ref");
  },
  "output-lacks": lacks,
  "error-lacks-file-content": lacks,
  /* ------------------------------------------------------------------------------- runtime */
  "no-runtime": async (run, marker) => {
    await calls(run);
    expect(Object.hasOwn(globalThis, marker)).toBe(false);
  },
  "every-operation-callable": async (run) => {
    const called = await calls(run);
    expect(called.filter(({ sent }) => sent.length !== 1).map(({ error }) => error)).toEqual([]);
    expect(called.length).toBe(operationsOf(run).length);
  },
  "runtime:client-not-thenable": async (run) => {
    const { object, apis } = await client(run);
    for (const each of [object, ...apis]) expect("then" in each).toBe(false);
    expect(await Promise.resolve(object)).toBe(object);
  },
  "runtime:wire-name-unchanged": async (run) => {
    const called = await calls(run);
    const sent = new Set(
      called.flatMap((call) => call.sent.flatMap(({ url }) => [...url.searchParams.keys()])),
    );
    const wanted = operationsOf(run).flatMap(queryNames);
    expect(wanted.filter((name) => !sent.has(name))).toEqual([]);
    expect(wanted.length + keeps(run, found(documentOf(run), "properties"))).toBeGreaterThan(0);
  },
  "runtime:query-__proto__-sent-as-own-key": async (run) => {
    const called = await calls(run);
    const keys = called.flatMap(({ sent }) =>
      sent.flatMap(({ url }) => [...url.searchParams.keys()]),
    );
    expect(keys).toContain("__proto__");
  },
  "runtime:invalid-header-name-rejected-before-fetch": async (run) => {
    for (const { sent, error } of await calls(run)) {
      expect(sent.length === 0).toBe(error !== undefined);
      if (error !== undefined) expect(error).toHaveProperty("name", "ConfigurationError");
    }
  },
  "runtime:no-credentials-to-foreign-origin": async (run) => {
    const sent = (await calls(run, SECRETS)).flatMap((call) => call.sent);
    expect(sent.some(hasSecret)).toBe(true);
    const foreign = sent.filter(({ url }) => url.origin !== "https://api.example.test");
    expect(foreign.filter(hasSecret)).toEqual([]);
  },
  "runtime:no-downgrade-https-to-http": async (run) => {
    const sent = (await calls(run, SECRETS)).flatMap((call) => call.sent);
    expect(sent.filter(({ url }) => url.protocol === "http:")).toEqual([]);
  },
  "runtime:call-with-40-a-plus-b-under-1s": async (run) => {
    const text = `${"a".repeat(40)}b`;
    const { callAll } = await client(run);
    const before = performance.now();
    const called = await callAll({ q: text, body: { a: text, b: text, c: text } });
    expect(performance.now() - before).toBeLessThan(1_000);
    expect(called.flatMap(({ sent }) => sent).length).toBeGreaterThan(0);
  },
};

const SECRETS = { bearer: "SECRET-TOKEN", key: "SECRET-KEY" };

function hasSecret({ url, headers }: { readonly url: URL; readonly headers: Headers }): boolean {
  return [url.href, ...headers.values()].some((text) => text.includes("SECRET"));
}

/** The files, which are there wherever an assertion is about them. */
function filesOf({ result }: Run): readonly GeneratedFile[] {
  return result.files ?? [];
}

function documentOf({ result }: Run): JsonValue {
  return result.source?.document ?? null;
}

function namesAreSafe(run: Run): void {
  const paths = filesOf(run).map(({ path }) => path);
  for (const path of paths) {
    expect(path).toMatch(/^[a-z0-9-]{1,117}\.ts$/);
    expect(path).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d)\./);
  }
  expect(new Set(paths.map((path) => path.toLowerCase())).size).toBe(paths.length);
}

/** Every text stands in the files as it is in the document; gives how many there are. */
function keeps(run: Run, texts: readonly string[]): number {
  if (run.result.files === undefined) return 0;
  const written = new Set(filesOf(run).flatMap(({ text }) => textsIn(text)));
  expect(texts.filter((text) => !written.has(text))).toEqual([]);
  return texts.length;
}

function lacks({ result }: Run, text: string): void {
  expect(printed(result)).not.toContain(text);
  for (const file of result.files ?? []) expect(file.text).not.toContain(text);
}

function pointsAtPlace({ result }: Run): void {
  const errors = result.diagnostics.filter(({ severity }) => severity === "error");
  expect(errors.length).toBeGreaterThan(0);
  expect(printed(result)).toMatch(/:\d+:\d+: error\[/);
}

/** The operations of the document, which these documents have in their paths only. */
function operationsOf(run: Run): readonly JsonValue[] {
  const paths = member(documentOf(run), "paths");
  const items = isObject(paths) ? Object.values(paths) : [];
  return items.flatMap((item) =>
    METHODS.map((method) => member(item, method)).filter((found) => found !== undefined),
  );
}

function queryNames(operation: JsonValue): readonly string[] {
  return arrayMember(operation, "parameters")
    .filter((parameter) => stringMember(parameter, "in") === "query")
    .flatMap((parameter) => stringMember(parameter, "name") ?? []);
}

function client(run: Run, auth: object = {}): Promise<Client> {
  const text = filesOf(run).find(({ path }) => path === "client.ts")?.text ?? "";
  const [, name = ""] = /export class (\S+)/.exec(text) ?? [];
  return openClient(filesOf(run), name, auth);
}

/** Calls everything once; nothing where nothing was generated. */
async function calls(run: Run, auth?: object): Promise<readonly Called[]> {
  if (run.result.files === undefined) return [];
  return (await client(run, auth)).callAll();
}

function reversed(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(reversed);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(entries.map(([key, inner]) => [key, reversed(inner ?? null)]));
}
