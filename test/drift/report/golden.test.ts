import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { REPORT_FORMATS, type ReportFormat } from "../../../generator/drift/report/formats.js";
import { renderReports, type ReportOptions } from "../../../generator/drift/report/render.js";
import { repository } from "../../support/repository.js";
import { exampleReports } from "./support/example.js";

/* The page is elsewhere: `html.test.ts`. `UPDATE_GOLDEN=1` writes what each format makes of the example into `expected/`. */

interface Row {
  readonly file: string;
  readonly format: ReportFormat;
  readonly options?: ReportOptions;
}

const ROWS: readonly Row[] = [
  { file: "report.txt", format: "text" },
  { file: "report-all.txt", format: "text", options: { all: true } },
  { file: "report.json", format: "json" },
  { file: "report.md", format: "markdown" },
  { file: "report-short.md", format: "markdown", options: { maxBytes: 2_000 } },
  { file: "annotations.txt", format: "github" },
  { file: "gitlab.json", format: "gitlab" },
  { file: "report.sarif", format: "sarif" },
  { file: "junit.xml", format: "junit" },
];

describe("reports", () => {
  it.each(ROWS)("$file", ({ file, format, options }) => {
    const text = renderReports(exampleReports(), format, options);
    const place = repository(path.join("test/drift/report/expected", file));
    if (process.env["UPDATE_GOLDEN"] === "1") {
      mkdirSync(path.dirname(place), { recursive: true });
      writeFileSync(place, text);
    }
    expect(text).toBe(existsSync(place) ? readFileSync(place, "utf8") : "");
  });

  it("are golden in every format", () => {
    const golden = [...new Set(ROWS.map(({ format }) => format))];
    expect(golden).toEqual(REPORT_FORMATS.filter((format) => format !== "html"));
  });
});
