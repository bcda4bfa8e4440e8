import { describe, expect, it } from "vitest";
import type { Finding } from "../../../generator/drift/finding.js";
import type { Level } from "../../../generator/drift/level.js";
import { renderReports } from "../../../generator/drift/report/render.js";
import { RULES, type RuleId } from "../../../generator/drift/rules.js";
import { comparisonOf, findingOf, placeOf, reportOf } from "./support/builder.js";
import { readMarkdown } from "./support/parse.js";

/* Reports of many findings are no longer than people read, or than services take. */

const RULE_IDS = (Object.keys(RULES) as RuleId[]).slice(0, 12);
const LEVELS: readonly Level[] = ["breaking", "undecidable", "safe"];

function many(count: number): readonly Finding[] {
  return Array.from({ length: count }, (_, index) =>
    findingOf({
      rule: RULE_IDS[index % RULE_IDS.length] ?? "property-removed",
      wire: LEVELS[index % 5 === 0 ? 0 : index % 5 === 1 ? 1 : 2] ?? "safe",
      message: `The answer no longer has "member${index}".`,
      places: [placeOf(`GET /things/${index}`, `ThingApi.get${index}`)],
    }),
  );
}

const REPORT = reportOf(comparisonOf(many(600)));

describe("a text report", () => {
  it("of six hundred findings fits on a few screens", () => {
    expect(renderReports([REPORT], "text").split("\n").length).toBeLessThan(450);
  });

  it("tells how many it leaves out, and with --all leaves out none", () => {
    const shown = renderReports([REPORT], "text");
    const all = renderReports([REPORT], "text", { all: true });
    expect(shown).toContain("120 breaking, 120 undecidable, 360 safe");
    expect(shown).not.toContain("member599");
    for (const index of REPORT.findings.keys()) expect(all).toContain(`"member${index}"`);
  });
});

describe("Markdown", () => {
  it.each([1_500, 5_000, 65_536])("of %i bytes ends between rows", (maxBytes) => {
    const shown = renderReports([REPORT], "markdown", { maxBytes });
    expect(Buffer.byteLength(shown)).toBeLessThanOrEqual(maxBytes);
    const { elements, prose } = readMarkdown(shown);
    const count = (name: string): number =>
      elements.filter((element) => element.name === name).length;
    // Each row has a cell in each column, and each table its head.
    expect(count("td")).toBe(5 * (count("tr") - count("table")));
    expect(count("details")).toBe(count("table"));
    const rows = count("tr") - count("table");
    expect(prose).toContain(`${600 - rows} more rows would make this too long`);
  });

  it("has all of them where there is room", () => {
    const shown = renderReports([REPORT], "markdown", { maxBytes: 1_000_000 });
    expect(shown.match(/^\| The answer/gm)).toHaveLength(600);
    expect(shown).not.toContain("too long");
  });
});

describe("annotations", () => {
  it("are ten of each kind, the worst first, and the number of the others", () => {
    const lines = renderReports([REPORT], "github").split("\n");
    const kinds = lines.map((line) => /^::(\w+)/.exec(line)?.[1] ?? line);
    expect(kinds).toEqual([
      ...Array.from({ length: 10 }, () => "error"),
      "110 more breaking findings without annotation.",
      ...Array.from({ length: 10 }, () => "warning"),
      "110 more undecidable findings without annotation.",
      ...Array.from({ length: 10 }, () => "notice"),
      "350 more safe findings without annotation.",
      "Driftline, videos: 120 breaking, 120 undecidable, 360 safe",
      "",
    ]);
  });
});
