import { describe, expect, test } from "vitest";
import { loadConfiguration } from "../../../generator/config/load.js";
import type { Diagnostic } from "../../../generator/diagnostics/diagnostic.js";
import { schemaKeys } from "../../support/schema-keys.js";

/* Every key once with a value that is wrong, and once misspelt: where it is told, and what is offered. */

/** A value that no key may have. */
const WRONG = [[]];

/** What has to stand beside a key. */
const NEEDED: Readonly<Record<string, unknown>> = {
  origins: [{ origin: "https://a.example" }],
  upstream: { url: "https://a.example/b" },
};

/** A configuration with one more key: that of `services.*.docs` stands in the service `a`. */
function withKey(key: string, value: unknown): string {
  const root: Record<string, unknown> = { services: { a: { input: "a.yaml" } } };
  let holder = root;
  const names = key.replace("*", "a").split(".");
  for (const name of names.slice(0, -1)) {
    // Keys below origins are those of an item of the list.
    const next = holder[name] ?? structuredClone(NEEDED[name]) ?? {};
    holder[name] = next;
    holder = (Array.isArray(next) ? next[0] : next) as Record<string, unknown>;
  }
  holder[names.at(-1) ?? ""] = value;
  return JSON.stringify(root, null, 1);
}

/** The line on which a key stands; each value begins on the line of its key. */
function lineOf(text: string, key: string): number {
  const name = `"${key.split(".").at(-1) ?? ""}":`;
  return text.split("\n").findLastIndex((line) => line.trim().startsWith(name)) + 1;
}

async function findingsIn(text: string): Promise<readonly Diagnostic[]> {
  const { diagnostics } = await loadConfiguration("/memory/driftline.yaml", () =>
    Promise.resolve(new TextEncoder().encode(text)),
  );
  return diagnostics;
}

describe.each(schemaKeys())("$key", ({ key, schema }) => {
  test("with a wrong value is told what it should be, where the value stands", async () => {
    const text = withKey(key, schema.type === "array" || Array.isArray(schema.type) ? 7 : WRONG);
    const [finding] = await findingsIn(text);
    expect(finding?.code).toBe("invalid-value");
    expect(finding?.message).toBe(`This should be ${schema.description ?? ""}.`);
    expect(finding?.place).toMatchObject({ line: lineOf(text, key) });
  });

  test("misspelt is told what was meant, where the key stands", async () => {
    const text = withKey(`${key}x`, true);
    const finding = (await findingsIn(text)).find(({ code }) => code === "unknown-key");
    expect(finding?.hint).toBe(`Did you mean "${key.split(".").at(-1) ?? ""}"?`);
    expect(finding?.place).toMatchObject({ line: lineOf(text, `${key}x`) });
  });
});

describe("a key in the wrong place", () => {
  test.each([
    ["docs: true", '"services.NAME.docs"'],
    ["tags: [a]", '"services.NAME.include.tags" or "services.NAME.exclude.tags"'],
    ["services: { a: { input: x, language: both } }", '"language"'],
    ["services: { a: { input: x, url: https://a.example/b } }", '"services.NAME.upstream.url"'],
  ])("is told where it belongs: %s", async (text, places) => {
    const configuration = text.startsWith("services")
      ? text
      : `services: { a: { input: x } }\n${text}`;
    expect(await findingsIn(configuration)).toMatchObject([
      { code: "unknown-key", hint: `It belongs elsewhere: ${places}.` },
    ]);
  });
});
