import { mkdirSync, mkdtempSync, cpSync, rmSync, writeFileSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DocumentSurface } from "../../../generator/drift/document-side.js";
import type { Finding, FindingPlace } from "../../../generator/drift/finding.js";
import type { ValuePath } from "../../../generator/drift/position.js";
import type { RuleId } from "../../../generator/drift/rules.js";
import { findUsages } from "../../../generator/drift/usages/find-usages.js";
import type { JsonObject, JsonValue } from "../../../generator/document/source.js";
import { emitApi } from "../../../generator/emit/emit.js";
import { runtimeFiles } from "../../../generator/templates.js";
import { parse } from "yaml";
import { repository } from "../../support/repository.js";
import { sideOf } from "../surface/cases.js";

const folder = mkdtempSync(path.join(tmpdir(), "usages-"));
const client = path.join(folder, "clips");
let surface: DocumentSurface;

beforeAll(async () => {
  // Beside this test there is no client, so that what imports one must not look like code there.
  for (const name of ["tsconfig.json", "src/page.ts", "src/write.ts"]) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    cpSync(repository(`test/drift/usages/program/${name}.txt`), path.join(folder, name));
  }
  const text = readFileSync(repository("test/drift/usages/old.yaml"), "utf8");
  const side = sideOf(parse(text) as JsonObject);
  if (side.surface === undefined) throw new Error("There is no client.");
  surface = side.surface;
  const files = emitApi(surface.model, "../runtime").map((file) => ({
    ...file,
    path: `clips/${file.path}`,
  }));
  const runtime = (await runtimeFiles()).map((file) => ({ ...file, path: `runtime/${file.path}` }));
  for (const file of [...files, ...runtime]) {
    mkdirSync(path.dirname(path.join(folder, file.path)), { recursive: true });
    writeFileSync(path.join(folder, file.path), file.text);
  }
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

type Where = Pick<FindingPlace, "name" | "position" | "valuePath">;

/** A finding with what decides whom it touches. */
function finding(rule: RuleId, places: readonly Where[], pointer = "", value?: JsonValue): Finding {
  const spot = { pointer, file: "old.yaml", line: 1, column: 1, value };
  return {
    rule,
    wire: "breaking",
    source: "breaking",
    direction: undefined,
    message: "",
    hint: "",
    old: spot,
    new: undefined,
    places: places.map((place) => ({
      method: "GET",
      path: "/",
      operationId: undefined,
      newName: undefined,
      ...place,
    })),
    fingerprint: "",
  };
}

function inAnswer(name: string, valuePath: ValuePath): Where {
  const position = { kind: "response", status: 200, mediaType: "application/json" } as const;
  return { name, position, valuePath };
}

const CASES: readonly (readonly [what: string, finding: Finding, spots: readonly string[]])[] = [
  [
    "calls of a method, and where its errors are told apart",
    finding("method-removed", [
      { name: "ClipsApi.getClip", position: { kind: "operation" }, valuePath: [] },
    ]),
    ["src/page.ts:13:36", "src/page.ts:17:27"],
  ],
  [
    "reads of a member: by name, as a key, taken apart",
    finding("property-removed", [
      inAnswer("ClipsApi.getClip", [{ key: "views" }]),
      inAnswer("ClipsApi.listClips", [{ key: "data" }, "element", { key: "views" }]),
    ]),
    ["src/page.ts:14:13", "src/page.ts:15:33"],
  ],
  [
    "reads of each of several members that went together",
    finding("property-removed", [inAnswer("ClipsApi.getClip", [{ key: "owner" }])], "", [
      "name",
      "other",
    ]),
    ["src/page.ts:15:73"],
  ],
  [
    "reads of a member deep in an answer",
    finding("property-removed", [
      inAnswer("ClipsApi.getClip", [{ key: "owner" }, { key: "name" }]),
    ]),
    ["src/page.ts:15:73"],
  ],
  [
    "calls, where an answer changed as a whole",
    finding("type-changed", [inAnswer("ClipsApi.listClips", [])]),
    ["src/page.ts:23:41", "src/page.ts:24:24"],
  ],
  [
    "writes of a parameter with the value in question",
    finding(
      "enum-value-removed",
      [
        {
          name: "ClipsApi.listClips",
          position: { kind: "parameter", in: "query", name: "sort" },
          valuePath: [],
        },
      ],
      "",
      "-match",
    ),
    ["src/page.ts:23:53"],
  ],
  [
    "comparisons with a value in question",
    finding(
      "enum-value-removed",
      [inAnswer("ClipsApi.listClips", [{ key: "data" }, "element", { key: "state" }])],
      "",
      "draft",
    ),
    ["src/page.ts:25:67"],
  ],
  [
    "writes of a member of a body",
    finding("property-removed", [
      {
        name: "ClipsApi.addClip",
        position: { kind: "body", mediaType: "application/json" },
        valuePath: [{ key: "note" }],
      },
    ]),
    ["src/write.ts:4:56"],
  ],
  [
    "imports and uses of an exported type",
    finding("export-removed", [], "/components/schemas/Unused"),
    ["src/write.ts:1:37", "src/write.ts:9:22"],
  ],
  [
    "credentials",
    finding("credential-changed", [], "/components/securitySchemes/key"),
    ["src/page.ts:3:35"],
  ],
  [
    "nothing, where the client has no such method",
    finding("method-removed", [
      { name: "ClipsApi.other", position: { kind: "operation" }, valuePath: [] },
    ]),
    [],
  ],
];

describe("usages of a finding are", () => {
  it.each(CASES)("%s", (_what, found, spots) => {
    const [given] = findUsages([found], { folder, globs: ["src/**/*.ts"], client, surface });
    expect(given?.usages?.map(({ file, line, column }) => `${file}:${line}:${column}`)).toEqual(
      spots,
    );
  });

  it("told with their lines", () => {
    const [, found] = CASES.find(([what]) => what === "writes of a member of a body") ?? [];
    const [given] = findUsages(found === undefined ? [] : [found], {
      folder,
      globs: ["src/*.ts"],
      client,
      surface,
    });
    expect(given?.usages?.[0]?.text).toBe(
      'const params: AddClipParams = { body: { name: "One", note } };',
    );
  });

  it("none, where there is no client", () => {
    const [, found] = CASES[0] ?? [];
    const elsewhere = path.join(folder, "nowhere");
    const [given] = findUsages(found === undefined ? [] : [found], {
      folder,
      globs: ["src/*.ts"],
      client: elsewhere,
      surface,
    });
    expect(given?.usages).toEqual([]);
  });
});
