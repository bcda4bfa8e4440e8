import { beforeAll, describe, expect, it } from "vitest";
import { documentOf, sourceOf } from "../support/generate.js";
import { generateService } from "../../generator/pipeline.js";
import type { JsonObject } from "../../generator/document/source.js";
import { changedLines } from "./support/changed-lines.js";

/* A small change of the document is a small change of its pages: what has not changed is told by the same bytes. */

type Pages = ReadonlyMap<string, string>;

async function pagesOf(document: JsonObject): Promise<Pages> {
  const options = {
    runtime: "../runtime" as const,
    pages: { clientModule: "./generated/films/index.js" },
  };
  const { value, diagnostics } = await generateService(sourceOf(document), options);
  if (value === undefined) throw new Error(JSON.stringify(diagnostics));
  const pages = value.files.filter(({ path }) => path.startsWith("docs/"));
  return new Map(pages.map(({ path, text }) => [path.slice("docs/".length), text]));
}

const FILM = { $ref: "#/components/schemas/Film" };
const ID = { name: "id", in: "path", required: true, schema: { type: "integer" } };
const OK = { description: "A film.", content: { "application/json": { schema: FILM } } };

/** A document of films; every part of it can be changed. */
function films({
  description = "Gives one film.",
  paths = {},
  properties = {},
  page = {},
}: {
  readonly description?: string;
  readonly paths?: JsonObject;
  readonly properties?: JsonObject;
  readonly page?: JsonObject;
} = {}): JsonObject {
  return documentOf({
    info: { title: "Films", version: "1" },
    servers: [{ url: "https://films.example" }],
    tags: [{ name: "films", description: "What is shown." }],
    paths: {
      "/films": {
        get: {
          operationId: "listFilms",
          tags: ["films"],
          parameters: [{ name: "page", in: "query", schema: { type: "integer", ...page } }],
          responses: {
            "200": {
              description: "All.",
              content: { "application/json": { schema: { type: "array", items: FILM } } },
            },
          },
        },
      },
      "/films/{id}": {
        get: {
          operationId: "getFilm",
          tags: ["films"],
          description,
          parameters: [ID],
          responses: { "200": OK, "404": { description: "None." } },
        },
        put: {
          operationId: "putFilm",
          tags: ["films"],
          parameters: [ID],
          requestBody: { required: true, content: { "application/json": { schema: FILM } } },
          responses: { "200": OK },
        },
      },
      ...paths,
    },
    components: {
      schemas: {
        Director: { type: "object", properties: { name: { type: "string" } } },
        Film: {
          type: "object",
          required: ["title"],
          properties: {
            title: { type: "string" },
            director: { $ref: "#/components/schemas/Director" },
            ...properties,
          },
        },
      },
    },
  });
}

const CHANGES: readonly {
  readonly what: string;
  readonly document: JsonObject;
  /** How many lines go, and how many come at most, by page; pages that are not named stay as they are. */
  readonly pages: Readonly<Record<string, readonly [gone: number, added: number]>>;
}[] = [
  { what: "nothing new", document: films(), pages: {} },
  {
    what: "another description of an operation",
    document: films({ description: "Gives one film, or none." }),
    pages: { "FilmsApi.md": [1, 1] },
  },
  {
    what: "a limit more",
    document: films({ page: { maximum: 10 } }),
    pages: { "FilmsApi.md": [1, 1] },
  },
  {
    what: "one property more",
    document: films({ properties: { year: { type: "integer", description: "The first." } } }),
    // The example of the model has it, too.
    pages: { "models/Film.md": [1, 2] },
  },
  {
    what: "one operation more, between others",
    document: films({
      paths: {
        "/films/{id}/next": {
          get: {
            operationId: "getNextFilm",
            tags: ["films"],
            parameters: [ID],
            responses: { "200": OK },
          },
        },
      },
    }),
    pages: { "FilmsApi.md": [0, 80], "README.md": [0, 1], "models/Film.md": [0, 1] },
  },
  {
    what: "one operation more, with another tag",
    document: films({
      paths: {
        "/cinemas/{id}": {
          delete: {
            operationId: "deleteCinema",
            tags: ["cinemas"],
            parameters: [ID],
            responses: { "204": { description: "Gone." } },
          },
        },
      },
    }),
    pages: { "CinemasApi.md": [0, 80], "README.md": [0, 1] },
  },
];

describe("the pages of a document", () => {
  let before: Pages = new Map();
  beforeAll(async () => {
    before = await pagesOf(films());
  });

  it("are of the same bytes each time", async () => {
    expect(await pagesOf(films())).toEqual(before);
    expect([...before.keys()].sort()).toEqual([
      "FilmsApi.md",
      "README.md",
      "models/Director.md",
      "models/Film.md",
    ]);
  });

  it("do not depend on the order of keys that means nothing", async () => {
    expect(await pagesOf(reversed(films()) as JsonObject)).toEqual(before);
  });

  it.each(CHANGES)("change little when there is $what", async ({ document, pages }) => {
    const changed = Object.entries(changedLines(before, await pagesOf(document)));
    expect(changed.map(([page, { gone }]) => [page, gone])).toEqual(
      Object.entries(pages).map(([page, [gone]]) => [page, gone]),
    );
    for (const [page, { added }] of changed) {
      expect(added, page).toBeLessThanOrEqual(pages[page]?.[1] ?? 0);
    }
  });

  it("are compared line by line", () => {
    const old = new Map([
      ["a", "1\n2\n3\n"],
      ["b", "1\n"],
    ]);
    const current = new Map([
      ["a", "2\n2\n3\n4\n"],
      ["c", "1\n"],
      ["b", "1\n"],
    ]);
    expect(changedLines(old, current)).toEqual({
      a: { gone: 1, added: 2 },
      c: { gone: 0, added: 1 },
    });
  });
});

/** The same value with the keys of every object in the other order. Lists have an order that means something. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, member]) => [key, reversed(member)] as const);
  return Object.fromEntries(entries.reverse());
}
