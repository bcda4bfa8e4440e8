import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ServiceOptions } from "../../generator/commands/pipeline-port.js";
import { loadSource } from "../../generator/document/load.js";
import type { JsonObject, Source } from "../../generator/document/source.js";
import type { KnownFiles } from "../../generator/output/known-files.js";
import { generateService } from "../../generator/pipeline.js";
import { describeApi } from "../../generator/reference/describe.js";
import { runStages } from "../../generator/stages.js";
import { caseNames, documentOfCase, readCase } from "../golden/cases.js";
import { changePlace } from "../support/change-document.js";
import { documentOf, sourceOf } from "../support/generate.js";

/*
 * Files that would be made of the same are not made again. Whatever has changed in a document: the client is the one
 * that would be made from nothing. `FUZZ_SEED=7 FUZZ_RUNS=2000` tries other changes, and more.
 */

const RUNS = Number(process.env["FUZZ_RUNS"] ?? 40);
const SEED = Number(process.env["FUZZ_SEED"] ?? 1);

const OPTIONS: ServiceOptions = { runtime: "../runtime", pages: { clientModule: "./index.js" } };

type Files = ReadonlyMap<string, string>;

/** The files of a client, and what a next run knows of them; `undefined` where there is no client. */
async function made(
  source: Source,
  known: KnownFiles | undefined,
): Promise<{ readonly files: Files; readonly known: KnownFiles } | undefined> {
  const { value } = await generateService(source, OPTIONS, undefined, known);
  if (value === undefined) return undefined;
  const files = new Map(value.files.map(({ path, text }) => [path, text]));
  const next = [...value.keys].map(
    ([path, key]) => [path, { key, text: files.get(path) ?? "" }] as const,
  );
  return { files, known: new Map(next) };
}

async function fromNothing(source: Source): Promise<Files | undefined> {
  return (await made(source, undefined))?.files;
}

describe("a document of which anything changes", () => {
  it("gives the client that it would give from nothing", async () => {
    const sources: Source[] = [];
    for (const name of caseNames()) {
      const { value } = await loadSource(documentOfCase(readCase(name)));
      if (value !== undefined) sources.push(value);
    }
    expect(sources.length).toBeGreaterThan(50);
    const before: (Awaited<ReturnType<typeof made>> | undefined)[] = [];
    for (const source of sources) before.push(await made(source, new Map()));
    let reused = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.nat(sources.length - 1),
        fc.array(fc.tuple(fc.nat(), fc.nat(3)), { minLength: 1, maxLength: 3 }),
        async (index, changes) => {
          const [source, first] = [sources[index], before[index]];
          if (source === undefined || first === undefined) return;
          const document = structuredClone(source.document);
          for (const [place, kind] of changes) changePlace(document, place, kind);
          const changed = { ...source, document };
          const expected = await fromNothing(changed);
          const again = await made(changed, first.known);
          expect(again?.files && sorted(again.files)).toEqual(expected && sorted(expected));
          const isSame = [...(again?.known ?? [])].some(
            ([path, { key }]) => first.known.get(path)?.key === key,
          );
          reused += Number(isSame);
        },
      ),
      { numRuns: RUNS, seed: SEED },
    );
    // Otherwise nothing was tried.
    expect(reused).toBeGreaterThan(RUNS / 10);
  }, 120_000);
});

function sorted(files: Files): readonly (readonly [string, string])[] {
  return [...files].sort(([one], [other]) => (one < other ? -1 : 1));
}

/* ------------------------------------------------------------------ what is made anew */

/** Films and actors, each with a class and a type, and a type that has both. */
function cinema({
  summary = "Gives one film.",
  title = "string",
  version = "1",
  actors = {},
}: {
  readonly summary?: string;
  readonly title?: string;
  readonly version?: string;
  readonly actors?: JsonObject;
} = {}): JsonObject {
  const answer = (name: string): JsonObject => ({
    "200": {
      description: "Done.",
      content: { "application/json": { schema: { $ref: `#/components/schemas/${name}` } } },
    },
  });
  const id = { name: "id", in: "path", required: true, schema: { type: "integer" } };
  return documentOf({
    info: { title: "Cinema", version },
    paths: {
      "/films/{id}": {
        get: {
          operationId: "getFilm",
          summary,
          tags: ["films"],
          parameters: [id],
          responses: answer("Film"),
        },
      },
      "/actors/{id}": {
        get: {
          operationId: "getActor",
          tags: ["actors"],
          parameters: [id],
          responses: answer("Actor"),
        },
        ...actors,
      },
    },
    components: {
      schemas: {
        Film: { type: "object", properties: { title: { type: title } } },
        Actor: { type: "object", properties: { name: { type: "string" } } },
      },
    },
  });
}

/** What tells of all operations, and is always made. */
const WHOLE = ["client.ts", "docs/README.md", "index.ts", "operations.ts", "service.ts"];
const ALL = [
  ...WHOLE,
  ...["actors-api.ts", "docs/ActorsApi.md", "docs/FilmsApi.md", "docs/models/Actor.md"],
  ...["docs/models/Film.md", "films-api.ts", "models.ts"],
];

const ANEW: readonly (readonly [string, Parameters<typeof cinema>[0], readonly string[]])[] = [
  ["nothing", {}, WHOLE],
  ["a summary", { summary: "Gives a film." }, [...WHOLE, "docs/FilmsApi.md", "films-api.ts"]],
  ["a property", { title: "integer" }, [...WHOLE, "docs/models/Film.md", "models.ts"]],
  [
    "an operation that is new",
    { actors: { delete: { operationId: "deleteActor", tags: ["actors"], responses: {} } } },
    ALL.filter((path) => !["films-api.ts", "models.ts"].includes(path)),
  ],
  ["the version", { version: "2" }, ALL],
];

it.each(ANEW)("%s changes: only what it changes is made anew", async (_, changed, expected) => {
  const first = await made(sourceOf(cinema()), new Map());
  if (first === undefined) throw new Error("no client");
  const marked = new Map(
    [...first.known].map(([path, { key }]) => [path, { key, text: "as it was" }] as const),
  );
  const again = await made(sourceOf(cinema(changed)), marked);
  const anew = [...(again?.files ?? [])].flatMap(([path, text]) =>
    text === "as it was" ? [] : [path],
  );
  expect(anew.sort()).toEqual([...expected].sort());
});

it("are made of plain data, of which JSON tells everything", async () => {
  const strange: string[] = [];
  let late = 0;
  const visit = (value: unknown, where: string): void => {
    if (typeof value !== "object" || value === null) {
      if (typeof value === "bigint" || typeof value === "function") strange.push(where);
      return;
    }
    if ("toJSON" in value) {
      late += 1;
      // A hash of all that it is made of.
      if (!/^"[0-9a-f]{64}"$/.test(JSON.stringify(value))) strange.push(where);
      return;
    }
    const isPlain = Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
    if (!isPlain) strange.push(where);
    else for (const [key, member] of Object.entries(value)) visit(member, `${where}.${key}`);
  };
  for (const name of caseNames()) {
    const { value: source } = await loadSource(documentOfCase(readCase(name)));
    const { types, model } = source === undefined ? {} : runStages(source, OPTIONS);
    if (types === undefined || model === undefined) continue;
    const { classes, models } = describeApi(types, model, {
      clientModule: "./index.js",
      specification: "",
      helperPages: [],
    });
    for (const part of [...model.classes, ...model.schemas]) visit(part, name);
    for (const part of [...classes, ...models]) visit(part, `${name} (pages)`);
  }
  expect(strange).toEqual([]);
  expect(late).toBeGreaterThan(0);
}, 60_000);
