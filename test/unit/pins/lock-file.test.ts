import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../../generator/document/source.js";
import { NO_PINS } from "../../../generator/names/pins.js";
import {
  lockedService,
  lockText,
  parseLock,
  readLock,
  withServices,
  type Lock,
} from "../../../generator/pins/lock-file.js";
import { lockReasons } from "../../../generator/pins/lock-update.js";
import { repository } from "../../support/repository.js";

const HASH = "0".repeat(64);
const OTHER_HASH = "1".repeat(64);

const WHOLE = {
  version: 1,
  services: {
    films: {
      document: HASH,
      upstream: {
        url: "https://films.example/api.json",
        document: HASH,
        version: "1",
        etag: '"1"',
      },
      client: "Films",
      classes: { FilmsApi: { tag: "films", property: "films", file: "films-api" } },
      operations: { "GET /a": "FilmsApi.a", "GET /b": "FilmsApi.b" },
      stems: { "GET /b": "BOperation" },
      types: { "#/components/schemas/Film": "Film" },
      inputTypes: { "#/components/schemas/Film": "FilmInput" },
      formTypes: { "#/components/schemas/Film": "FilmForm" },
      contents: { "#/components/schemas/Film": "0123456789abcdef" },
      aliases: {
        "FilmsApi.c": { for: "GET /a", since: "1", stem: "COperation" },
        Movie: { for: "#/components/schemas/Film", since: "1" },
        MovieInput: { for: "#/components/schemas/Film", since: "1", type: "input" },
      },
    },
    users: {},
  },
} satisfies JsonValue;

function parsed(text: string): Lock {
  const { value, diagnostics } = parseLock("driftline.lock", { path: "driftline.lock", text });
  if (value === undefined) throw new Error(JSON.stringify(diagnostics));
  return value;
}

function codesOf(text: string): readonly string[] {
  return parseLock("driftline.lock", { path: "driftline.lock", text }).diagnostics.map(
    ({ code }) => code,
  );
}

const asText = (value: JsonValue): string => `${JSON.stringify(value, undefined, 2)}\n`;

describe("a lock", () => {
  it("is written as it was read", () => {
    expect(lockText(parsed(asText(WHOLE)))).toBe(asText(WHOLE));
  });

  it("has sorted keys, in whatever order it was", () => {
    const { films } = WHOLE.services;
    const turned = {
      services: { users: {}, films: Object.fromEntries(Object.entries(films).reverse()) },
      version: 1,
    };
    expect(lockText(parsed(asText(turned)))).toBe(asText(WHOLE));
  });

  it("keeps what a run is not about", () => {
    const lock = parsed(asText(WHOLE));
    const next = withServices(
      lock,
      new Map([["users", { ...lockedService(lock, "users"), document: HASH }]]),
    );
    const { films } = WHOLE.services;
    expect(JSON.parse(lockText(next))).toEqual({
      version: 1,
      services: { films, users: { document: HASH } },
    });
  });

  it("says nothing where there is none", async () => {
    const missing = (): Promise<Uint8Array> =>
      Promise.reject(Object.assign(new Error(), { code: "ENOENT" }));
    const { value } = await readLock("folder", missing);
    expect(value).toMatchObject({ text: undefined, services: new Map() });
    expect(value && lockedService(value, "films").pins).toBe(NO_PINS);
  });

  it("may have the line ends of Windows", async () => {
    const text = asText(WHOLE);
    const bytes = new TextEncoder().encode(`\ufeff${text.replaceAll("\n", "\r\n")}`);
    const { value } = await readLock("folder", () => Promise.resolve(bytes));
    expect(value?.text).toBe(text);
  });

  it("that cannot be read is told", async () => {
    const denied = (): Promise<Uint8Array> =>
      Promise.reject(Object.assign(new Error(), { code: "EACCES" }));
    const { value, diagnostics } = await readLock("folder", denied);
    expect(value).toBeUndefined();
    expect(diagnostics.map(({ code }) => code)).toEqual(["file-unreadable"]);
  });

  it.each([
    ["", ["json-syntax"]],
    ["[]", ["invalid-lock"]],
    ["null", ["invalid-lock"]],
    ["version: 1", ["json-syntax"]],
    ["{}", ["invalid-lock", "invalid-lock"]],
    ['{ "version": "1", "services": {} }', ["invalid-lock"]],
    ['{ "version": 0, "services": {} }', ["invalid-lock"]],
    ['{ "version": 1.5, "services": {} }', ["newer-lock"]],
    ['{ "version": 1, "services": { "__proto__": {} } }', ["invalid-lock"]],
    ['{ "version": 1, "services": { "a": { "types": { "#/a": "__proto__" } } } }', []],
    ['{ "version": 1, "services": { "a": { "types": { "__proto__": "A" } } } }', ["invalid-lock"]],
    [
      '{ "version": 1, "services": { "a": { "operations": { "GET /": "A.b.c" } } } }',
      ["invalid-lock"],
    ],
    [`{ "version": 1, "services": { "a": { "client": "${"A".repeat(116)}" } } }`, ["invalid-lock"]],
    [`${"[".repeat(600)}${"]".repeat(600)}`, ["too-deep"]],
    ["{\n=======\n}", ["lock-conflict"]],
  ])("%j gives %j", (text, codes) => {
    expect(codesOf(text)).toEqual(codes);
  });

  it("may have names of different kinds that are alike", () => {
    const classes = { FILMSApi: { property: "getA", file: "get-a" } };
    const types = { "#/components/schemas/FilmsApi": "FilmsApi" };
    const operations = { "GET /a": "FILMSApi.getA" };
    const text = asText({
      version: 1,
      services: { a: { client: "Filmsapi", classes, types, operations } },
    });
    expect(codesOf(text)).toEqual([]);
  });
});

describe("the reason why a lock is not what it should be", () => {
  const lock = parsed(asText(WHOLE));
  const films = lockedService(lock, "films");
  const after = (changes: object): Lock =>
    withServices(lock, new Map([["films", { ...films, ...changes }]]));

  it.each([
    ["the document", { document: OTHER_HASH }, "document-changed"],
    ["a name", { pins: { ...films.pins, client: "Movies" } }, "names-changed"],
    ["its form", {}, "edited-by-hand"],
  ])("is %s", (_what, changes, reason) => {
    expect(lockReasons({ before: lock, after: after(changes) })).toEqual([reason]);
  });

  it("is a service that it does not have", () => {
    const before = parsed('{ "version": 1, "services": {} }');
    expect(lockReasons({ before, after: after({}) })).toEqual(["not-locked"]);
  });
});

describe("the lock of this repository", () => {
  it("says how a client is made of each document", () => {
    const text = readFileSync(repository("driftline.lock"), "utf8");
    expect([...parsed(text).services.keys()]).toEqual(["mastodon", "peertube", "sftpgo"]);
    expect(lockText(parsed(text))).toBe(text);
  });
});
