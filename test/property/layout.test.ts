import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { printed } from "../../generator/emit/code.js";
import { filesOf } from "../../generator/emit/print.js";
import { statements } from "../../generator/emit/layout/statements.js";
import { verifySyntax } from "../../generator/emit/verify/verify.js";
import { formatted } from "../support/prettier.js";
import { apiModel } from "./models.js";

const RUNS = { numRuns: 60, seed: 1 };

/** Wider than any line is. */
const NO_LIMIT = 1_000_000;

describe("whatever a model holds, its files", () => {
  it("are laid out as prettier lays out the same code on long lines, and leaves it", async () => {
    await fc.assert(
      fc.asyncProperty(apiModel, async (model) => {
        for (const { path, statements: all } of filesOf(model, "../runtime")) {
          const text = printed(statements(all));
          verifySyntax({ path, text });
          expect(text).toBe(await formatted(printed(statements(all), NO_LIMIT)));
          expect(text).toBe(await formatted(text));
        }
      }),
      RUNS,
    );
  }, 60_000);
});
