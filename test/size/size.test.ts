import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { repository } from "../support/repository.js";
import { bundleOf, FEATURES, IMPORTS, optionalModules } from "./bundles.js";
import { measured, rowsOf } from "./table.js";

/** How far the README may be off: versions of zlib differ a little. */
const TOLERANCE = 0.01;

describe("sizes", () => {
  it.each(IMPORTS.filter(({ limit }) => limit !== undefined))(
    "$name of $service stays under $limit bytes",
    async (row) => {
      const { size } = await bundleOf(row);
      expect(size).toBeLessThan(row.limit ?? 0);
    },
  );

  it('are those in the README; otherwise run "npm run size"', async () => {
    const told = new Map(
      rowsOf(readFileSync(repository("README.md"), "utf8")).map(({ name, bytes }) => [name, bytes]),
    );
    const rows = await measured();
    expect([...told.keys()]).toEqual(rows.map(({ name }) => name));
    const wrong = rows.filter(
      ({ name, bytes }) =>
        Math.abs((told.get(name) ?? 0) - bytes) > Math.max(10, bytes * TOLERANCE),
    );
    expect(wrong).toEqual([]);
  });

  it("are told of everything that is not in each bundle: a row of FEATURES for a new module", async () => {
    const known = new Set(FEATURES.flatMap(({ modules }) => modules));
    expect([...known].sort()).toEqual([...(await optionalModules())].sort());
  });
});
