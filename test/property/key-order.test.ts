import { describe, expect, it } from "vitest";
import { isObject, setMember } from "../../generator/document/json.js";
import { loadSource } from "../../generator/document/load.js";
import type { JsonObject, JsonValue, Source } from "../../generator/document/source.js";
import { emitApi } from "../../generator/emit/emit.js";
import type { GeneratedFile } from "../../generator/output/generated-file.js";
import { runStages } from "../../generator/stages.js";
import { caseNames, documentOfCase, readCase } from "../golden/cases.js";

const SPECS = ["specs/peertube.yaml", "specs/mastodon.yaml", "specs/sftpgo.yaml"];
const SEEDS = [1, 2];

describe.each(SPECS)("%s", (path) => {
  it("gives the same bytes for every order of its keys", async () => {
    const source = await loaded(path);
    const expected = emitted(source);
    expect(emitted(source)).toEqual(expected);
    for (const seed of SEEDS) expect(emitted(shuffled(source, seed))).toEqual(expected);
  }, 60_000);
});

describe("golden cases", () => {
  it("give the same bytes for every order of their keys", async () => {
    const cases = caseNames().map(readCase);
    let count = 0;
    for (const found of cases) {
      const { value: source } = await loadSource(documentOfCase(found));
      if (source === undefined) continue;
      const expected = emitted(source);
      for (const seed of SEEDS)
        expect(emitted(shuffled(source, seed)), found.name).toEqual(expected);
      count += 1;
    }
    expect(count).toBeGreaterThan(50);
  }, 60_000);
});

async function loaded(path: string): Promise<Source> {
  const { value, diagnostics } = await loadSource(path);
  if (value === undefined) throw new Error(JSON.stringify(diagnostics));
  return value;
}

/** The files and what is found: neither may depend on an order. */
function emitted(source: Source): {
  readonly files: readonly GeneratedFile[];
  readonly findings: readonly string[];
} {
  const { model, diagnostics } = runStages(source, {});
  const findings = diagnostics.map((finding) => JSON.stringify(finding)).sort();
  return { files: model === undefined ? [] : emitApi(model, "../runtime"), findings };
}

function shuffled(source: Source, seed: number): Source {
  return { ...source, document: shuffledValue(source.document, randomOf(seed)) as JsonObject };
}

function shuffledValue(value: JsonValue, random: () => number): JsonValue {
  if (Array.isArray(value)) return value.map((item) => shuffledValue(item, random));
  if (!isObject(value)) return value;
  const result: JsonObject = {};
  const keys = Object.keys(value)
    .map((key) => [random(), key] as const)
    .sort(([left], [right]) => left - right);
  for (const [, key] of keys) setMember(result, key, shuffledValue(value[key] ?? null, random));
  return result;
}

/** Numbers from 0 to 1 that a seed decides (mulberry32, by Tommy Ettinger, in the public domain). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
