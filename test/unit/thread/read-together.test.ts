import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as everythingElse } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DocumentInput, LoadedDocument } from "../../../generator/document/document-input.js";
import { readTogether } from "../../../generator/thread/read-together.js";

describe("reading on two threads", () => {
  const folder = mkdtempSync(join(tmpdir(), "driftline-read-"));
  const input = (name: string): DocumentInput => ({ file: join(folder, name) });
  beforeAll(() => {
    for (const [name, size] of Object.entries({ large: 300, small: 100, middle: 200 }))
      writeFileSync(join(folder, name), "x".repeat(size));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it("keeps the smallest of those that are asked for at once for this one", async () => {
    const { load, here, there } = readers();
    await Promise.all(["large", "small", "middle"].map((name) => load(input(name))));
    expect(here).toEqual([input("small")]);
    expect(there).toEqual([input("middle"), input("large")]);
  });

  it("takes what is no file for larger than any", async () => {
    const { load, here, there } = readers();
    const url = { file: "https://api.example/openapi.json" };
    await Promise.all([load(url), load(input("large"))]);
    expect(here).toEqual([input("large")]);
    expect(there).toEqual([url]);
  });

  it("asks the other one for all while this one reads, and then for the larger ones again", async () => {
    const { load, here, there, finish } = readers(true);
    const first = load(input("large"));
    await everythingElse();
    await everythingElse();
    const second = load(input("small"));
    await second;
    finish();
    await first;
    await load(input("middle"));
    expect(here).toEqual([input("large"), input("middle")]);
    expect(there).toEqual([input("small")]);
  });

  it("tells whoever asked of an error, and goes on", async () => {
    const { load, here } = readers(false, new Error("broken"));
    await expect(load(input("large"))).rejects.toThrow("broken");
    await expect(load(input("small"))).rejects.toThrow("broken");
    expect(here).toEqual([input("large"), input("small")]);
  });
});

/** Both threads, with what each was asked for. */
function readers(isSlow = false, error?: Error) {
  const here: DocumentInput[] = [];
  const there: DocumentInput[] = [];
  const document = { value: undefined, diagnostics: [], files: [], hashes: new Map() };
  const answer = (): Promise<LoadedDocument> =>
    error === undefined ? Promise.resolve(document) : Promise.reject(error);
  let finish = (): void => undefined;
  const slow = new Promise<LoadedDocument>((resolve) => {
    finish = () => {
      resolve(document);
    };
  });
  const load = readTogether(
    (input) => {
      here.push(input);
      return isSlow && here.length === 1 ? slow : answer();
    },
    (input) => {
      there.push(input);
      return answer();
    },
  );
  return { load, here, there, finish };
}
