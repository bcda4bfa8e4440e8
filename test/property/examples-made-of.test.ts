import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadSource } from "../../generator/document/load.js";
import type { JsonObject, Source } from "../../generator/document/source.js";
import type { Late } from "../../generator/examples/late.js";
import { loadDocument } from "../../generator/load-document.js";
import { describeApi } from "../../generator/reference/describe.js";
import { runStages } from "../../generator/stages.js";
import { caseNames, documentOfCase, readCase } from "../golden/cases.js";
import { changePlace } from "../support/change-document.js";
import { documentOf, sourceOf } from "../support/generate.js";
import { EXTENSIONS, SERVICES } from "../support/reference.js";
import { repository } from "../support/repository.js";

/*
 * Examples are made only for pages that are made. What they are made of tells whether they would be the same as before.
 * `FUZZ_SEED=7 FUZZ_RUNS=2000` tries other changes, and more.
 */

const RUNS = Number(process.env["FUZZ_RUNS"] ?? 60);
const SEED = Number(process.env["FUZZ_SEED"] ?? 1);

type Examples = ReadonlyMap<string, Late<unknown>>;

/** All examples of a document, by what they are of; none where there is no client. */
function examplesOf(source: Source): Examples {
  const { types, model } = runStages(source, { extensions: EXTENSIONS });
  if (types === undefined || model === undefined) return new Map();
  const settings = { clientModule: "./index.js", specification: "", helperPages: [] };
  const { classes, models } = describeApi(types, model, settings);
  return new Map<string, Late<unknown>>([
    ...classes.flatMap(({ operations }) =>
      operations.map((one) => [`${one.className}.${one.methodName}`, one.examples] as const),
    ),
    ...models.map((one) => [one.declaration.name, one.example] as const),
  ]);
}

/** Those that are made of the same in two documents, and those of them that are not the same. */
function compared(before: Examples, after: Examples): { same: number; wrong: readonly string[] } {
  const same = [...after].flatMap(([name, example]) => {
    const other = before.get(name);
    return other?.toJSON() === example.toJSON() ? [{ name, example, other }] : [];
  });
  const wrong = same.filter(
    ({ example, other }) => JSON.stringify(example.made()) !== JSON.stringify(other.made()),
  );
  return { same: same.length, wrong: wrong.map(({ name }) => name) };
}

describe.each([
  ["a case", RUNS * 8, () => Promise.all(caseNames().map(sourceOfCase))],
  ["a service", RUNS / 4, () => Promise.all(Object.keys(SERVICES).map(sourceOfService))],
] as const)("of the document of %s of which anything changes", (_, runs, load) => {
  it("are the same where they are made of the same", async () => {
    const sources = (await load()).flatMap((source) => source ?? []);
    const before = sources.map(examplesOf);
    const tried = { same: 0, other: 0 };
    fc.assert(
      fc.property(
        fc.nat(sources.length - 1),
        fc.array(fc.tuple(fc.nat(), fc.nat(3)), { minLength: 1, maxLength: 3 }),
        (index, changes) => {
          const [source, first] = [sources[index], before[index]];
          if (source === undefined || first === undefined) return;
          const document = structuredClone(source.document);
          for (const [place, kind] of changes) changePlace(document, place, kind);
          const after = examplesOf({ ...source, document });
          const { same, wrong } = compared(first, after);
          expect(wrong).toEqual([]);
          tried.same += same;
          tried.other += after.size - same;
        },
      ),
      { numRuns: Math.ceil(runs), seed: SEED },
    );
    // Otherwise nothing was tried.
    expect(tried.same).toBeGreaterThan(runs);
    expect(tried.other).toBeGreaterThan(0);
  }, 240_000);
});

async function sourceOfCase(name: string): Promise<Source | undefined> {
  return (await loadSource(documentOfCase(readCase(name)))).value;
}

async function sourceOfService(name: string): Promise<Source | undefined> {
  return (await loadDocument({ file: repository(`specs/${name}.yaml`) })).value;
}

/* ---------------------------------------------------------------- what leads to an example */

const PET = { $ref: "#/components/schemas/Pet" };

/** A pet is sent and an owner is received; a pet has a name, and one kind of it is a cat. */
function shop(change: (document: ReturnType<typeof written>) => void): Examples {
  const document = written();
  change(document);
  return examplesOf(sourceOf(documentOf(document as unknown as JsonObject)));
}

function written() {
  const content: Record<string, unknown> = { schema: PET };
  return {
    servers: [{ url: "https://pets.example" }],
    paths: {
      "/pets": {
        post: {
          operationId: "sendPet",
          summary: "Sends a pet.",
          parameters: [{ $ref: "#/components/parameters/Tag" }],
          requestBody: { required: true, content: { "application/json": content } },
          responses: {
            "200": {
              description: "",
              content: { "application/json": { schema: { $ref: "#/components/schemas/Owner" } } },
            },
          },
        },
      },
    },
    components: {
      parameters: {
        Tag: { name: "tag", in: "query", example: "small", schema: { type: "string" } },
      },
      examples: { Tom: { value: { name: { first: "Tom" }, kind: "Cat" } } },
      schemas: {
        Pet: {
          type: "object",
          required: ["name", "kind"],
          discriminator: { propertyName: "kind" },
          properties: { name: { $ref: "#/components/schemas/Name" }, kind: { type: "string" } },
        },
        Name: { type: "object", required: ["first"], properties: { first: { type: "string" } } },
        Cat: { allOf: [PET, { type: "object", properties: { lives: { type: "integer" } } }] },
        Owner: { type: "object", properties: { id: { type: "integer" } } },
      },
    },
  };
}

const SENT = ["DefaultApi.sendPet", "Cat", "Name", "Pet"];
const LEADING: readonly (readonly [string, Parameters<typeof shop>[0], readonly string[]])[] = [
  ["nothing", () => undefined, []],
  [
    "what is sent, two references away",
    ({ components: { schemas } }) => (schemas.Name.properties.first.type = "integer"),
    SENT,
  ],
  [
    "what is received",
    ({ components: { schemas } }) => (schemas.Owner.properties.id.type = "string"),
    ["Owner"],
  ],
  [
    "a member of a family",
    ({ components: { schemas } }) =>
      schemas.Cat.allOf.push({ type: "object", properties: {} } as never),
    ["DefaultApi.sendPet", "Cat", "Pet"],
  ],
  [
    "an example beside a body",
    ({ paths }) =>
      (paths["/pets"].post.requestBody.content["application/json"]["examples"] = {
        tom: { $ref: "#/components/examples/Tom" },
      }),
    ["DefaultApi.sendPet"],
  ],
  [
    "an example of a parameter",
    ({ components: { parameters } }) => (parameters.Tag.example = "large"),
    ["DefaultApi.sendPet"],
  ],
  ["the server", ({ servers }) => servers.push({ url: "https://b.example" }), [...SENT, "Owner"]],
];

it.each(LEADING)("%s changes: only these may be others", (_, change, expected) => {
  const [before, after] = [shop(() => undefined), shop(change)];
  const others = [...after].flatMap(([name, example]) =>
    before.get(name)?.toJSON() === example.toJSON() ? [] : [name],
  );
  expect(others.toSorted()).toEqual(expected.toSorted());
});
