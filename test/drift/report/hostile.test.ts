import { SaxesParser } from "saxes";
import { describe, expect, it } from "vitest";
import { githubOutputs, githubSummary } from "../../../generator/drift/report/github.js";
import type { ReportFormat } from "../../../generator/drift/report/formats.js";
import { renderReports } from "../../../generator/drift/report/render.js";
import { TRICKS } from "../../hostile/support/tricks.js";
import { reportWith } from "./support/hostile.js";
import { elementsOfPage, readMarkdown } from "./support/parse.js";
import { ownSchema, sarifSchema } from "./support/schemas.js";

/* Texts of documents, of code and of acceptance files stay texts in every format, read by what reads the format. */

const CASES = Object.entries({
  ...TRICKS,
  "table of Markdown": "a | b\n| - | - |\n`c` \\| d \\\\| e",
  "code of Markdown": "``` ` `` `x",
  "link of Markdown":
    "[x](https://evil.example) ![y](//evil.example) <https://evil.example> https://evil.example www.evil.example a@evil.example",
  mention: "@octocat @org/team #12 GH-12 org/repo#3 fixes #4 :+1: $x$ ~~z~~ **b**",
  markup: '<img src=x onerror="alert(1)"><details></td></table>&lt;b&gt;',
  "property of a command": "x,title=evil::y%0A%3A%2C",
  "end of CDATA": "]]><failure/>\ufffe\uffff",
  placeholder: "{0} {{0}} [text](1) \\[",
}).map(([name, text]) => ({ name, text }));

const isOwn = ownSchema();
const isSarif = sarifSchema();
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u;
const HARMLESS = reportWith("x");

function render(text: string, format: ReportFormat): string {
  return renderReports([reportWith(text)], format);
}

function expectVisible(text: string): void {
  expect(text.split("\n").filter((line) => INVISIBLE.test(line))).toEqual([]);
}

describe.each(CASES)("$name", ({ text }) => {
  it("text: shows it, and no line is a command", () => {
    const shown = renderReports([reportWith(text)], "text", { all: true });
    expectVisible(shown);
    expect(shown).not.toMatch(/^(?:::|##)/m);
    expect(shown.split("\n")).toHaveLength(
      renderReports([HARMLESS], "text", { all: true }).split("\n").length,
    );
  });

  it("json: has it as it is", () => {
    const shown = render(text, "json");
    expectVisible(shown);
    const value = JSON.parse(shown) as JsonShape;
    expect(value.reports[0]?.name).toBe(text);
    expect(value.reports[0]?.findings[0]?.places[0]?.path).toBe(text);
    expect(isOwn(value)).toEqual([]);
  });

  it.each(["comment", "summary"])("markdown: is the same page of elements (%s)", (kind) => {
    const reports = [reportWith(text)];
    const shown = kind === "comment" ? renderReports(reports, "markdown") : githubSummary(reports);
    expectVisible(shown);
    const { elements, prose } = readMarkdown(shown);
    const known = readMarkdown(renderReports([HARMLESS], "markdown")).elements;
    const names = (list: typeof elements): readonly string[] =>
      list.map(({ name }) => name).filter((name) => name !== "code");
    expect(names(elements)).toEqual(names(known));
    expect(elements.filter(({ name }) => ["a", "img", "script"].includes(name))).toEqual([]);
    expect(elements.flatMap(({ attributes }) => Object.keys(attributes))).toEqual(["open"]);
    expect(prose).not.toMatch(/@\w|#\d|\bGH-\d|www\.|:\/\//);
  });

  it("html: is the same page of elements", () => {
    const shown = render(text, "html");
    expectVisible(shown);
    const elements = elementsOfPage(shown);
    const known = elementsOfPage(renderReports([HARMLESS], "html"));
    const shape = (list: typeof elements): unknown =>
      list.map(({ name, attributes }) => [name, attributes]);
    expect(shape(elements)).toEqual(shape(known));
    const data = elements.find(({ attributes }) => attributes["id"] === "data");
    expect(() => JSON.parse(data?.text ?? "") as unknown).not.toThrow();
  });

  it("github: is one command for each finding, with the properties that it has", () => {
    const lines = render(text, "github").trimEnd().split("\n");
    expectVisible(lines.join("\n"));
    const commands = lines.filter((line) => line.startsWith("::"));
    expect(commands).toHaveLength(HARMLESS.findings.length);
    expect(lines.filter((line) => !line.startsWith("::"))).toHaveLength(1);
    for (const command of commands) {
      const [, properties = ""] = /^::(?:error|warning|notice) (.*?)::/.exec(command) ?? [];
      const keys = properties.split(",").map((property) => property.split("=")[0]);
      expect(["file,line,col,title", "title"]).toContain(keys.join(","));
    }
  });

  it("github: outputs are the lines that they are", () => {
    const lines = githubOutputs([reportWith(text)], () => "END").split("\n");
    expectVisible(lines.join("\n"));
    const names = lines.flatMap((line) => /^(\w+)<<END$/.exec(line)?.[1] ?? []);
    expect(lines).toHaveLength(3 * names.length + 1);
    expect(names).toEqual([
      "failed",
      "level",
      "advice",
      "headline",
      "breaking",
      "undecidable",
      "safe",
      "accepted",
    ]);
  });

  it("gitlab: is an issue for each finding, each with its own fingerprint", () => {
    const shown = render(text, "gitlab");
    expectVisible(shown);
    const issues = JSON.parse(shown) as { fingerprint: string; description: string }[];
    expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(
      HARMLESS.findings.length,
    );
    expectVisible(issues.map(({ description }) => description).join("\n"));
  });

  it("sarif: keeps to the schema, and messages have neither links nor placeholders", () => {
    const shown = render(text, "sarif");
    expectVisible(shown);
    const value: unknown = JSON.parse(shown);
    expect(isSarif(value)).toEqual([]);
    const uris = [...shown.matchAll(/"uri": (".*")/g)].map(
      ([, uri = ""]) => JSON.parse(uri) as string,
    );
    expect(uris.filter((uri) => !/^[\w\-.~%!$&'()*+,;=:@/?#]*$/.test(uri))).toEqual([]);
    expect(uris.filter((uri) => uri.startsWith("//"))).toEqual([]);
    const messages = [...shown.matchAll(/"text": (".*")/g)].map(
      ([, message = ""]) => JSON.parse(message) as string,
    );
    for (const message of messages) {
      expect(message.replaceAll("{{", "").replaceAll("}}", "")).not.toMatch(/[{}]/);
      expect(message.replace(/\\./g, "")).not.toMatch(/[[\]]/);
    }
  });

  it("junit: is well-formed, with the elements that it has", () => {
    const shown = render(text, "junit");
    expectVisible(shown);
    expect(elementsOfXml(shown)).toEqual(elementsOfXml(renderReports([HARMLESS], "junit")));
  });
});

interface JsonShape {
  readonly reports: readonly {
    readonly name: string;
    readonly findings: readonly { readonly places: readonly { readonly path: string }[] }[];
  }[];
}

/** The elements of a well-formed document with the names of their attributes. Throws where it is not well-formed. */
function elementsOfXml(text: string): readonly string[] {
  const names: string[] = [];
  const parser = new SaxesParser();
  parser.on("opentag", ({ name, attributes }) => {
    names.push([name, ...Object.keys(attributes)].join(" "));
  });
  parser.on("error", (error) => {
    throw error;
  });
  parser.write(text).close();
  return names;
}
