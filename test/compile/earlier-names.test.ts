import { rm } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../generator/document/source.js";
import { emitApi } from "../../generator/emit/emit.js";
import type { Pins } from "../../generator/names/pins.js";
import type { GeneratedFile } from "../../generator/output/generated-file.js";
import { runStages } from "../../generator/stages.js";
import { sourceOf } from "../support/generate.js";
import { runningClient } from "../support/running-client.js";
import { typeErrors } from "../support/type-check.js";

/*
 * What becomes of the program of a user from release to release: names that it uses come to be others, then are
 * deprecated, and then are gone.
 */

interface Release {
  readonly files: readonly GeneratedFile[];
  readonly pins: Pins;
}

/** The client of a document, with the names of the release before. */
function release(document: JsonObject, before?: Release): Release {
  const options = before === undefined ? {} : { pins: before.pins };
  const { named, model, diagnostics } = runStages(sourceOf(document), options);
  expect(diagnostics).toEqual([]);
  if (named === undefined || model === undefined) throw new Error("There is no client.");
  return { files: emitApi(model, "../runtime"), pins: named.pins };
}

/** A document of films, in which everything can have other names. */
function films(
  version: string,
  names: Readonly<Record<"tag" | "id" | "schema", string>>,
): JsonObject {
  const schema = { $ref: `#/components/schemas/${names.schema}` };
  const content = { "application/json": { schema } };
  const id = { name: "id", in: "path", required: true, schema: { type: "string" } };
  return {
    openapi: "3.1.0",
    info: { title: "Films", version },
    servers: [{ url: "https://films.example" }],
    paths: {
      "/films/{id}": {
        put: {
          operationId: names.id,
          tags: [names.tag],
          parameters: [id],
          requestBody: { required: true, content },
          responses: {
            "200": { description: "The film.", content },
            "404": { description: "None." },
          },
        },
      },
    },
    components: {
      schemas: {
        [names.schema]: {
          type: "object",
          required: ["id", "title"],
          properties: { id: { type: "string", readOnly: true }, title: { type: "string" } },
        },
      },
    },
  };
}

const PROGRAM = `
import {
  Films,
  FilmsApi,
  isApiError,
  type Film,
  type FilmInput,
  type Operations,
  type PutFilmParams,
  type PutFilmResponses,
} from "./index.js";

const film: FilmInput = { title: "M" };
const params: PutFilmParams = { id: "1", body: film };

export async function put(films: FilmsApi = new Films().films): Promise<Film | undefined> {
  try {
    const answer: Film = await films.putFilm(params);
    return answer;
  } catch (error) {
    if (isApiError(error, "putFilm") && error.status === 404) return undefined;
    throw error;
  }
}

export type Answer = PutFilmResponses[200] & Operations["putFilm"][200];
`;

/** What the compiler has to say of the program, beside each of some clients. */
function complaints(releases: Readonly<Record<string, Release>>): readonly string[] {
  const texts = Object.entries(releases).flatMap(([folder, { files }]) => [
    ...files.map(({ path, text }) => [`${folder}/${path}`, text] as const),
    [`${folder}/program.ts`, PROGRAM] as const,
  ]);
  return typeErrors(new Map(texts));
}

const OLD = { tag: "films", id: "putFilm", schema: "Film" };
const NEW = { tag: "movies", id: "replaceMovie", schema: "Movie" };

const first = release(films("1", OLD));
const second = release(films("2", NEW), first);

describe("a program that uses names of the release before", () => {
  it("compiles, whatever has another name", () => {
    const renamed = {
      first,
      operation: release(films("2", { ...OLD, id: "replaceFilm" }), first),
      tag: release(films("2", { ...OLD, tag: "movies" }), first),
      schema: release(films("2", { ...OLD, schema: "Movie" }), first),
      everything: second,
      nothing: release(films("2", OLD), first),
    };
    expect(complaints(renamed)).toEqual([]);
    expect(renamed.nothing.pins.aliases).toEqual(new Map());
  }, 60_000);

  it("still compiles when a document of the same version comes again, or with other names", () => {
    const again = release(films("2", NEW), second);
    expect(again).toEqual(second);
    const other = release(films("2", { ...NEW, id: "storeMovie" }), again);
    expect(complaints({ other })).toEqual([]);
    expect([...other.pins.aliases.keys()].sort()).toEqual([
      "Film",
      "FilmInput",
      "FilmsApi.putFilm",
      "MoviesApi.replaceMovie",
    ]);
  }, 60_000);

  it("does not compile with the version after that", () => {
    const third = release(films("3", NEW), second);
    expect(complaints({ third }).join("\n")).toContain("has no exported member");
    expect(third.pins.aliases).toEqual(new Map());
    expect(third.files).toEqual(release(films("3", NEW)).files);
  }, 60_000);

  it("calls the same operation, whose errors have the earlier name, too", async () => {
    const { module, folder } = await runningClient(second.files);
    try {
      const { Films, isApiError } = module as unknown as RunningFilms;
      const sent: string[] = [];
      const fetch = (url: URL | string, { method = "" }: RequestInit): Promise<Response> => {
        sent.push(`${method} ${String(url)}`);
        return Promise.resolve(new Response(null, { status: 404 }));
      };
      const client = new Films({ fetch });
      const params = { id: "1", body: { title: "M" } };
      const errorOf = (call: Promise<unknown>): Promise<unknown> =>
        call.catch((error: unknown) => error);
      const earlier = await errorOf(client.films.putFilm(params));
      const now = await errorOf(client.movies.replaceMovie(params));
      expect(sent).toEqual(Array(2).fill("PUT https://films.example/films/1"));
      const names = ["putFilm", "replaceMovie"];
      expect(names.map((name) => isApiError(earlier, name))).toEqual([true, false]);
      expect(names.map((name) => isApiError(now, name))).toEqual([false, true]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

type Send = (params: object) => Promise<unknown>;

interface RunningFilms {
  readonly Films: new (options: object) => {
    readonly films: { readonly putFilm: Send };
    readonly movies: { readonly replaceMovie: Send };
  };
  readonly isApiError: (error: unknown, name: string) => boolean;
}
