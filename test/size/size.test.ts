import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { repository } from "../support/repository.js";
import { bundleOf, FEATURES, IMPORTS, optionalModules } from "./bundles.js";
import { measured, rowsOf } from "./table.js";

/** How far the pages may be off: versions of zlib differ a little. */
const TOLERANCE = 0.01;

describe("sizes", () => {
  it.each(IMPORTS.filter(({ limit }) => limit !== undefined))(
    "$name of $service stays under $limit bytes",
    async (row) => {
      const { size } = await bundleOf(row);
      expect(size).toBeLessThan(row.limit ?? 0);
    },
  );

  it('are those on the pages; otherwise run "npm run size"', { timeout: 60_000 }, async () => {
    const all = await measured();
    for (const [page, rows] of [
      ["docs/sizes.md", all],
      ["README.md", all.slice(0, IMPORTS.length)],
    ] as const) {
      const text = readFileSync(repository(page), "utf8");
      const told = new Map(rowsOf(text).map(({ name, bytes }) => [name, bytes]));
      expect([...told.keys()]).toEqual(rows.map(({ name }) => name));
      const wrong = rows.filter(
        ({ name, bytes }) =>
          Math.abs((told.get(name) ?? 0) - bytes) > Math.max(10, bytes * TOLERANCE),
      );
      expect(wrong).toEqual([]);
    }
  });

  it("are told of everything that is not in each bundle: a row of FEATURES for a new module", async () => {
    const known = new Set(FEATURES.flatMap(({ modules }) => modules));
    expect([...known].sort()).toEqual([...(await optionalModules())].sort());
  });
});
