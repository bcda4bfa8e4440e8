import path from "node:path";
import { describe, expect, test } from "vitest";
import { loadConfiguration } from "../../../generator/config/load.js";
import type { Configuration } from "../../../generator/config/configuration.js";
import type { Outcome } from "../../../generator/diagnostics/diagnostic.js";

const FOLDER = path.resolve("/memory");

function load(text: string): Promise<Outcome<Configuration>> {
  return loadConfiguration(path.join(FOLDER, "driftline.yaml"), () =>
    Promise.resolve(new TextEncoder().encode(text)),
  );
}

const NOTHING = {
  docs: false,
  bridges: [],
  runtime: "shared",
  overlays: [],
  helpers: [],
  references: { folders: [], origins: [] },
  limits: {},
};

describe("driftline.yaml", () => {
  test("says what to generate, sorted by name", async () => {
    const text =
      "services:\n  b: { input: ../b.yaml }\n  a: { input: specs/a.yaml, name: Alpha }\noutput: src/generated\n";
    const { value, diagnostics } = await load(text);
    expect(diagnostics).toEqual([]);
    expect(value).toEqual({
      folder: FOLDER,
      files: [path.join(FOLDER, "driftline.yaml")],
      output: path.join(FOLDER, "src/generated"),
      language: "typescript",
      extensions: {},
      services: [
        {
          service: "a",
          folder: path.join(FOLDER, "src/generated/a"),
          input: path.join(FOLDER, "specs/a.yaml"),
          name: "Alpha",
          policy: { strict: false, allow: [] },
          ...NOTHING,
        },
        {
          service: "b",
          folder: path.join(FOLDER, "src/generated/b"),
          input: path.resolve(FOLDER, "../b.yaml"),
          policy: { strict: false, allow: [] },
          ...NOTHING,
        },
      ],
    });
  });

  test("names the extensions that mean something", async () => {
    const { value } = await load(
      "services: { a: { input: x } }\noutput: b\nextensions: { pagination: x-pages }\n",
    );
    expect(value?.extensions).toEqual({ pagination: "x-pages" });
  });

  test("lists overlays in their order, relative to itself", async () => {
    const { value } = await load(
      "services: { a: { input: x, overlays: [z.yaml, ../a.json] } }\noutput: b\n",
    );
    expect(value?.services[0]?.overlays).toEqual([
      path.join(FOLDER, "z.yaml"),
      path.resolve(FOLDER, "../a.json"),
    ]);
  });

  test("names helpers, and where it does so", async () => {
    const { value } = await load(
      "services:\n  a:\n    input: x\n    helpers: [one,\n      two]\noutput: b\n",
    );
    expect(value?.services[0]?.helpers).toMatchObject([
      { name: "one", place: { line: 4, column: 15 } },
      { name: "two", place: { line: 5, column: 7 } },
    ]);
  });

  test("says what references may read, for all documents and for one", async () => {
    const { value, diagnostics } = await load(
      [
        "references:",
        "  folders: [../shared]",
        "  origins: [https://a.example]",
        "limits: { files: 10, depth: 20 }",
        "services:",
        "  a:",
        "    input: x",
        "    limits: { files: 30 }",
        "    references:",
        "      origins:",
        "        - origin: https://b.example:8443",
        '          headers: { Authorization: "Bearer ${TOKEN}" }',
        "          privateNetwork: true",
        "  b: { input: y }",
        "output: b",
      ].join("\n"),
    );
    expect(diagnostics).toEqual([]);
    const [a, b] = value?.services ?? [];
    expect(a?.limits).toEqual({ files: 30, depth: 20 });
    expect(a?.references).toMatchObject({
      folders: [path.resolve(FOLDER, "../shared")],
      origins: [
        { origin: "https://a.example", headers: [], privateNetwork: false, place: { line: 3 } },
        {
          origin: "https://b.example:8443",
          headers: [{ name: "Authorization", text: "Bearer ${TOKEN}", place: { line: 12 } }],
          privateNetwork: true,
          place: { line: 11 },
        },
      ],
    });
    expect(b?.limits).toEqual({ files: 10, depth: 20 });
    expect(b?.references.origins).toMatchObject([{ origin: "https://a.example" }]);
  });

  test.each([
    ["a limit of nothing", "limits: { files: 0 }"],
    ["a limit that the stack has no room for", "limits: { depth: 1001 }"],
    ["a limit that is no whole number", "limits: { files: 1.5 }"],
    ["a limit as text", 'limits: { files: "10" }'],
    ["an origin with a path", "references: { origins: [https://a.example/b] }"],
    ["an origin with credentials", 'references: { origins: ["https://a:b@c.example"] }'],
    ["an origin that is a file", 'references: { origins: ["file:///etc"] }'],
    ["an origin that is a number", "references: { origins: [7] }"],
    ["an origin without a name", "references: { origins: [{ headers: { A: b } }] }"],
    [
      "a header with a line break",
      'references: { origins: [{ origin: "https://a.example", headers: { A: "b\\nc" } }] }',
    ],
    [
      "a header whose name is none",
      'references: { origins: [{ origin: "https://a.example", headers: { "A B": c } }] }',
    ],
    [
      "a permission that is text",
      'references: { origins: [{ origin: "https://a.example", privateNetwork: "yes" }] }',
    ],
    ["a folder alone", "references: { folders: ../shared }"],
  ])("has no %s", async (_name, text) => {
    const { diagnostics } = await load(`services: { a: { input: x } }\noutput: b\n${text}\n`);
    expect(diagnostics.map(({ code }) => code)).toEqual([
      text.includes("[{ headers") ? "missing-key" : "invalid-value",
    ]);
    expect(diagnostics[0]?.place).toMatchObject({ line: 3 });
  });

  test.each(["number", "string", "bigint"])("says that 64-bit integers are %s", async (int64) => {
    const { value } = await load(`services: { a: { input: x, int64: ${int64} } }\noutput: b`);
    expect(value?.services[0]?.int64).toBe(int64);
  });

  test.each<readonly [string, string, string, number, string]>([
    [
      "64-bit integers of no type",
      "services: { a: { input: x,\n  int64: long } }\noutput: b",
      "invalid-value",
      2,
      "Known are: number, string, bigint.",
    ],
    [
      "an unknown key",
      "services: { a: { input: x } }\noutptu: b\noutput: b",
      "unknown-key",
      2,
      'Did you mean "output"?',
    ],
    [
      "an unknown key of a service",
      "services: { a: { input: x, nmae: X } }\noutput: b",
      "unknown-key",
      1,
      'Did you mean "name"?',
    ],
    [
      "a key that objects inherit",
      "services: { a: { input: x } }\nconstructor: 1\noutput: b",
      "unknown-key",
      2,
      "Known are: services, output, runtime, language, extends,",
    ],
    [
      "an extension of nothing that can be read",
      "services: { a: { input: x } }\noutput: b\nextensions: { paging: x-pages }",
      "unknown-key",
      3,
      "Known are: pagination, idempotency, sunset, nullable.",
    ],
    [
      "the name of no extension",
      "services: { a: { input: x } }\noutput: b\nextensions: { pagination: operationId }",
      "invalid-value",
      3,
      "schema.json",
    ],
    [
      "a choice that there is not",
      "services: { a: { input: x } }\nlanguage: javascirpt",
      "invalid-value",
      2,
      'Did you mean "javascript"?',
    ],
    ["no input", "services:\n  a: {}\noutput: b", "missing-key", 2, "OpenAPI document"],
    ["no services", "services: {}\noutput: b", "invalid-value", 1, "schema.json"],
    ["a list", "[]", "invalid-value", 1, "schema.json"],
    ["nothing", "", "invalid-value", 1, "schema.json"],
    [
      "a number as input",
      "services: { a: { input: 1 } }\noutput: b",
      "invalid-value",
      1,
      "schema.json",
    ],
    [
      "one helper that is no list",
      "services: { a: { input: x, helpers: one } }\noutput: b",
      "invalid-value",
      1,
      "schema.json",
    ],
    [
      "a helper that is no name",
      "services: { a: { input: x, helpers: [one,\n  2] } }\noutput: b",
      "invalid-value",
      2,
      "schema.json",
    ],
    ["broken YAML", "services: [", "yaml-syntax", 1, "syntax"],
    [
      "a repeated key",
      "output: a\noutput: b\nservices: { a: { input: x } }",
      "duplicate-key",
      2,
      "Merge",
    ],
    ...["runtime", "Mastodon", "a/b", "..", "a_b", "con", "com1", "-a", "a-", "ünï"].map(
      (name) =>
        [
          `the service ${name}`,
          `services: { "${name}": { input: x } }\noutput: b`,
          "invalid-value",
          1,
          "schema.json",
        ] as const,
    ),
    ...["/abs", "..", "../b", "a/../b", ".", "./b", "a/.", "C:\\\\b", "C:b", "a\\\\b", ""].map(
      (output) =>
        [
          `the output ${output}`,
          `services: { a: { input: x } }\noutput: "${output}"`,
          "invalid-value",
          2,
          "schema.json",
        ] as const,
    ),
    ...["peerTube", "Peer-Tube", "1a", "A.b", "A$b", ""].map(
      (name) =>
        [
          `the name ${name}`,
          `services: { a: { input: x, name: "${name}" } }\noutput: b`,
          "invalid-value",
          1,
          "schema.json",
        ] as const,
    ),
  ])("%s is refused", async (_name, text, code, line, hint) => {
    const { diagnostics } = await load(text);
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]).toMatchObject({
      code,
      place: { line },
      hint: expect.stringContaining(hint) as string,
    });
  });

  test("all problems are told at once", async () => {
    const { diagnostics } = await load("services: { A: 1, b: { nam: 1 } }\nx: 1");
    expect(diagnostics.map(({ code }) => code).sort()).toEqual([
      "invalid-value",
      "missing-key",
      "unknown-key",
      "unknown-key",
    ]);
  });

  test("one that is missing says so", async () => {
    const { diagnostics } = await loadConfiguration("no-such-folder/driftline.yaml");
    expect(diagnostics).toMatchObject([
      { code: "file-not-found", place: { path: "no-such-folder/driftline.yaml" } },
    ]);
  });
});
