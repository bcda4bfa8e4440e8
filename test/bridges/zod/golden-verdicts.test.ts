import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { ResponseTables } from "../../../templates/runtime/response-tables.js";
import { caseNames } from "../../golden/cases.js";
import { repository } from "../../support/repository.js";
import { useClients } from "../support/bridged.js";
import { casesOf, exampleOf, mutationsOf, passes, referee, zodOf } from "./support.js";

/*
 * Validators and ajv come to the same verdict about the answers of the golden documents, which have every construct
 * once, and of one with all limits: of what is allowed, and of that with one thing changed. Where they do not, the
 * table says why.
 */

const DISCRIMINATOR = "JSON Schema knows no discriminator: its value chooses the alternative";
const BESIDE_REF = "what stands beside a $ref counts from OpenAPI 3.1 on only";

/** What validators refuse and ajv lets through, or the other way around, with the reason. */
const DIFFERENT: Readonly<Record<string, readonly [kind: "stricter" | "laxer", reason: string]>> = {
  "discriminator-default": ["stricter", DISCRIMINATOR],
  "discriminator-family": ["stricter", DISCRIMINATOR],
  "int64-bigint": ["stricter", DISCRIMINATOR],
  "int64-string": ["stricter", DISCRIMINATOR],
  "names-of-every-object": ["laxer", "what every object has, such as toString, is not looked at"],
  "prune-unused": ["stricter", DISCRIMINATOR],
  "swagger-discriminator": ["stricter", DISCRIMINATOR],
  "swagger-several-files": ["laxer", BESIDE_REF],
  "version-without-patch": ["laxer", BESIDE_REF],
};

/** What ajv does not read. */
const NO_REFEREE = /^type must be JSONType|^can't resolve reference/;

const writeClient = useClients();

describe("validators of golden documents", () => {
  it("agree with ajv, or it is known why they do not", { timeout: 120_000 }, async () => {
    const found = new Map<string, Set<string>>();
    const counts = { documents: 0, values: 0, unread: 0 };
    for (const [name, file] of documents()) {
      const judged = await judge(name, file);
      if (judged === undefined) continue;
      counts.documents += 1;
      counts.values += judged.values;
      counts.unread += judged.unread;
      if (judged.kinds.size > 0) found.set(name, judged.kinds);
    }
    const expected = Object.entries(DIFFERENT).map(([name, [kind]]) => [name, new Set([kind])]);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
    expect(counts.documents).toBeGreaterThan(50);
    expect(counts.values).toBeGreaterThan(5_000);
    expect(counts.unread).toBeLessThan(5);
  });
});

/** The documents by the names of their cases. */
function documents(): readonly (readonly [name: string, file: string])[] {
  const golden = caseNames().flatMap((name) =>
    ["yaml", "json"]
      .map((ending) => repository(`test/golden/${name}/document.${ending}`))
      .filter((file) => existsSync(file))
      .map((file) => [name, file] as const),
  );
  return [...golden, ["limits of answers", repository("test/bridges/zod/limits.yaml")]];
}

/** How the verdicts about a document differ; `undefined` for one whose answers have no validators. */
async function judge(
  name: string,
  file: string,
): Promise<{ kinds: Set<string>; values: number; unread: number } | undefined> {
  // Most of those that cannot be read are about just that.
  const made = await zodOf(file).catch(() => undefined);
  if (made === undefined || made.files.length === 0) return undefined;
  const { responseSchemas } = (await writeClient(name, made.files)("zod.ts")) as {
    responseSchemas: ResponseTables;
  };
  const judged = { kinds: new Set<string>(), values: 0, unread: 0 };
  const isOf = referee(made.types);
  for (const one of casesOf(made.types, responseSchemas)) {
    const verdictOf = refereeOf(() => isOf(one.placed));
    const example = exampleOf(one, made.types);
    judged.unread += verdictOf === undefined ? 1 : 0;
    if (verdictOf === undefined || example === undefined) continue;
    for (const value of [example, ...mutationsOf(example)]) {
      judged.values += 1;
      const [verdict, ours] = [verdictOf(value), passes(one, value)];
      if (verdict !== ours) judged.kinds.add(ours ? "laxer" : "stricter");
    }
  }
  return judged;
}

function refereeOf<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof Error && NO_REFEREE.test(error.message)) return undefined;
    throw error;
  }
}
