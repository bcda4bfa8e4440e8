import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { hasErrors } from "../../../generator/diagnostics/diagnostic.js";
import { PAGES_FOLDER } from "../../../generator/docs/pages.js";
import { loadDocument } from "../../../generator/load-document.js";
import { VERSION } from "../../../generator/output/generator-identity.js";
import { generateService } from "../../../generator/pipeline.js";
import { repository } from "../../support/repository.js";

/*
 * A case is a folder: `document.yaml`, and the pages that are made of it in `expected/`, which `UPDATE_GOLDEN=1`
 * writes. Instead of the version of driftline they have the word VERSION.
 */

const FOLDER = "test/docs/pages";
const CASES = readdirSync(repository(FOLDER), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

describe.each(CASES)("%s", (name) => {
  it("gives the expected pages", async () => {
    const pages = await pagesOf(name);
    const expected = repository(`${FOLDER}/${name}/expected`);
    if (process.env["UPDATE_GOLDEN"] === "1") rewrite(expected, pages);
    expect(pages).toEqual(readPages(expected));
  });
});

async function pagesOf(name: string): Promise<ReadonlyMap<string, string>> {
  const file = repository(`${FOLDER}/${name}/document.yaml`);
  const { value, diagnostics } = await loadDocument({ file, overlays: [] });
  if (value === undefined || hasErrors(diagnostics)) throw new Error(JSON.stringify(diagnostics));
  const made = await generateService(value, {
    runtime: "../runtime",
    extensions: { pagination: "x-pagination", idempotency: "x-idempotent", sunset: "x-sunset" },
    pages: { clientModule: `./generated/${name}/index.js` },
  });
  if (made.value === undefined) throw new Error(JSON.stringify(made.diagnostics));
  return new Map(
    made.value.files
      .filter((one) => one.path.startsWith(`${PAGES_FOLDER}/`))
      .map((one) => [
        one.path.slice(PAGES_FOLDER.length + 1),
        one.text.replace(`driftline ${VERSION}`, "driftline VERSION"),
      ]),
  );
}

function readPages(folder: string): ReadonlyMap<string, string> {
  if (!existsSync(folder)) return new Map();
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .sort();
  return new Map(
    names.map((name) => [
      name.replaceAll(path.sep, "/"),
      readFileSync(path.join(folder, name), "utf8"),
    ]),
  );
}

function rewrite(folder: string, pages: ReadonlyMap<string, string>): void {
  rmSync(folder, { recursive: true, force: true });
  for (const [name, text] of pages) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
