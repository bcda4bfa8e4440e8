import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { loadConfiguration } from "../../../generator/config/load.js";
import { LIMITS } from "../../../generator/document/limits.js";
import { parseOverlay } from "../../../generator/overlay/parse-overlay.js";
import { isQuery, loadQueries } from "../../../generator/overlay/query.js";
import { repository } from "../../support/repository.js";

/** The sections about overlays of the page about documents. */
const PAGE = readFileSync(repository("docs/documents.md"), "utf8")
  .split(/^(?=## )/m)
  .filter((section) => /^## (?:Overlays|Doctor)\n/.test(section))
  .join("");

const BLOCKS = [...PAGE.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map((match) => match[1] ?? "");
const OVERLAYS = BLOCKS.filter((text) => text.startsWith("overlay:"));
const CONFIGURATIONS = BLOCKS.filter((text) => text.startsWith("services:"));

describe("the page about documents", () => {
  test("shows overlays and configurations, and nothing else", () => {
    expect(OVERLAYS.length).toBeGreaterThan(0);
    expect(CONFIGURATIONS.length).toBeGreaterThan(0);
    expect(OVERLAYS.length + CONFIGURATIONS.length).toBe(BLOCKS.length);
  });

  test.each(OVERLAYS)("has an overlay that is right: %#", async (text) => {
    const { value, diagnostics } = parseOverlay({ path: "overlay.yaml", text }, LIMITS);
    expect(diagnostics).toEqual([]);
    const parseQuery = await loadQueries(LIMITS.depth);
    const queries = value?.actions.map(({ target }) => parseQuery(target)) ?? [];
    expect(queries.every(isQuery)).toBe(true);
  });

  test.each(CONFIGURATIONS)("has a configuration that is right: %#", async (text) => {
    const { diagnostics } = await loadConfiguration("driftline.yaml", () =>
      Promise.resolve(new TextEncoder().encode(text)),
    );
    expect(diagnostics).toEqual([]);
  });
});
