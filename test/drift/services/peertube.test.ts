import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { compareDocuments } from "../../../generator/drift/compare.js";
import type { Comparison, Finding } from "../../../generator/drift/finding.js";
import { loadDocument } from "../../../generator/load-document.js";
import { repository } from "../../support/repository.js";
import { placeText, sideOf } from "../support.js";

/*
 * The documents that PeerTube published: every change that is known is found with its verdict, and what is found fits on
 * a few screens.
 */

const FOLDER = repository("../shared/reference/specs");
const FILES: Readonly<Record<string, string>> = {
  "5.1.0": "peertube-5.1.0.json",
  "6.2.0": "peertube-6.2.0.json",
  "8.0.0": "peertube-8.0.0.json",
  "8.1.0": "peertube-8.1.0.yaml",
};
/** How many findings a step may have. */
const FEW_SCREENS = 150;

const STEPS = parse(
  readFileSync(repository("test/drift/services/peertube.yaml"), "utf8"),
) as Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>;

describe.each(Object.entries(STEPS))("PeerTube %s", (step, known) => {
  const [old = "", current = ""] = step.split(" -> ");
  const isThere = [old, current].every((version) => existsSync(fileOf(version)));
  let comparison: Promise<Comparison> | undefined;
  const compared = (): Promise<Comparison> => (comparison ??= compareFiles(old, current));

  if (!isThere) {
    it("needs ../shared/reference", ({ skip }) => {
      skip("../shared/reference is not there: nobody compared the documents of PeerTube");
    });
    return;
  }

  it.each(known.flatMap((row) => Object.entries(row)))(
    "%s",
    { timeout: 60_000 },
    async (_, row) => {
      expect((await compared()).findings.map(line)).toContain(row);
    },
  );

  it("is told on a few screens", { timeout: 60_000 }, async () => {
    expect((await compared()).findings.length).toBeLessThan(FEW_SCREENS);
  });

  it("has a fingerprint of its own for each finding", { timeout: 60_000 }, async () => {
    const prints = (await compared()).findings.map(({ fingerprint }) => fingerprint);
    expect(new Set(prints).size).toBe(prints.length);
  });

  it("has no difference between a document and itself", { timeout: 60_000 }, async () => {
    const { findings, texts } = await compareFiles(current, current);
    expect(findings).toEqual([]);
    expect(texts).toEqual([]);
  });
});

function fileOf(version: string): string {
  return `${FOLDER}/${FILES[version] ?? version}`;
}

async function compareFiles(old: string, current: string): Promise<Comparison> {
  const documents = await Promise.all(
    [old, current].map(async (version) => {
      const { value } = await loadDocument({ file: fileOf(version) });
      if (value === undefined) throw new Error(`The document of ${version} cannot be read`);
      return sideOf(value);
    }),
  );
  const [before, now] = documents;
  if (before === undefined || now === undefined) throw new Error("Two documents are compared");
  return compareDocuments(before, now, { docs: true, runtime: [] });
}

function line({ rule, wire, direction, places }: Finding): string {
  const [place] = places;
  const where = place === undefined ? "document" : placeText(place);
  return `${wire} ${rule} ${direction ?? "-"} | ${places.length} | ${where}`;
}
