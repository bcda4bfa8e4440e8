import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { renderReports } from "../../../generator/drift/report/render.js";
import { repository } from "../../support/repository.js";
import { exampleReports } from "./support/example.js";
import { elementsOfPage, type FoundElement } from "./support/parse.js";

/* What the page is made of; what it looks like has to be looked at. */

const PAGE = renderReports(exampleReports(), "html");
const ELEMENTS = elementsOfPage(PAGE);

function only(name: string, attributes: Readonly<Record<string, string>> = {}): FoundElement {
  const [found, ...others] = ELEMENTS.filter(
    (element) =>
      element.name === name &&
      Object.entries(attributes).every(([key, value]) => element.attributes[key] === value),
  );
  if (found === undefined || others.length > 0) throw new Error(`not one ${name}`);
  return found;
}

describe("the page", () => {
  it("has the findings as data", () => {
    const data: unknown = JSON.parse(only("script", { type: "application/json" }).text);
    const text = `${JSON.stringify(data, null, 2)}\n`;
    const file = repository("test/drift/report/expected/page-data.json");
    if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(file, text);
    expect(text).toBe(existsSync(file) ? readFileSync(file, "utf8") : "");
  });

  it("lets browsers run its script, use its style, and nothing else", () => {
    const policy = only("meta", { "http-equiv": "Content-Security-Policy" }).attributes["content"];
    const digest = (element: FoundElement): string =>
      `'sha256-${createHash("sha256").update(element.text).digest("base64")}'`;
    expect(policy?.split("; ")).toEqual([
      "default-src 'none'",
      `style-src ${digest(only("style"))}`,
      `script-src ${digest(only("script", { type: "module" }))}`,
      "base-uri 'none'",
      "form-action 'none'",
    ]);
  });

  it("names nothing that a browser would fetch", () => {
    const named = ELEMENTS.flatMap(({ attributes }) => Object.keys(attributes)).filter((name) =>
      ["src", "href", "srcset", "data", "action", "style"].includes(name),
    );
    expect(named).toEqual([]);
    expect(only("style").text).not.toMatch(/url\(|@import/);
    expect(only("script", { type: "module" }).text).not.toMatch(
      /innerHTML|outerHTML|insertAdjacent|document\.write|eval|Function\(|fetch\(/,
    );
  });

  it("tells how things stand without a script, too", () => {
    expect(only("title").text).toBe(
      "Drift: videos: 5 breaking, 1 undecidable, 1 safe; 1 accepted; pictures: no drift",
    );
    expect(PAGE).toMatch(/<noscript>[\s\S]*<p>videos: 5 breaking/);
  });
});
