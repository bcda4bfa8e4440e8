import { describe, expect, it } from "vitest";
import { overLimits } from "../../bench/over-limits.js";
import { sectionOf } from "../../bench/results.js";

describe("the guard of counts", () => {
  it.each([
    [{ a: 100 }, { a: 100 }, []],
    [{ a: 102 }, { a: 100 }, []],
    [{ a: 50 }, { a: 100 }, []],
    [{ a: 103 }, { a: 100 }, ["a: 100 before, 103 now (3.0 % more)"]],
    [{ a: 1 }, { a: 0 }, ["a: 0 before, 1 now"]],
    [{ a: 1, b: 2_000 }, { a: 1 }, ["b: 2,000, of which nothing is recorded"]],
    [{}, { a: 1 }, ["a: recorded, but no longer counted"]],
  ])("of %j, after %j, tells %j", (counts, recorded, lines) => {
    expect(overLimits(counts, recorded)).toEqual(lines);
  });
});

describe("a table of results", () => {
  it("has its title, its note, and figures to the right", () => {
    const table = { title: "Times", note: "In turns.", header: ["who", "s"], rows: [["a|b", "1"]] };
    expect(sectionOf(table)).toBe(
      "### Times\n\nIn turns.\n\n| who | s |\n| --- | --: |\n| a\\|b | 1 |",
    );
  });
});
