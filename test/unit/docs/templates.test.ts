import { describe, expect, it } from "vitest";
import { readTemplates, TEMPLATE_NAMES } from "../../../generator/docs/templates.js";
import { pageTemplates } from "../../../generator/templates.js";

/** All templates, empty but for some. */
function templates(texts: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map([...TEMPLATE_NAMES.map((name) => [name, ""] as const), ...Object.entries(texts)]);
}

describe("filling in a template", () => {
  it.each([
    { what: "text stays as it is", text: "a *b*\n", values: {}, filled: "a *b*" },
    { what: "a placeholder", text: "a {{x}} c", values: { x: "b" }, filled: "a b c" },
    { what: "one twice", text: "{{x}}{{x}}", values: { x: "b" }, filled: "bb" },
    {
      what: "a value is no template",
      text: "{{x}}",
      values: { x: "{{y}} $&" },
      filled: "{{y}} $&",
    },
    { what: "an empty paragraph", text: "a\n\n{{x}}\n\nb", values: { x: "" }, filled: "a\n\nb" },
    {
      what: "an empty line",
      text: "- a: {{x}}\n- b: {{y}}",
      values: { x: "", y: "1" },
      filled: "- b: 1",
    },
    { what: "a line with one of two", text: "{{x}} {{y}}", values: { x: "1", y: "" }, filled: "1" },
  ])("$what", ({ text, values, filled }) => {
    expect(readTemplates(templates({ class: text }))("class", values)).toBe(filled);
  });

  it.each([
    {
      what: "nothing given",
      text: "{{x}}",
      values: {},
      error: "Nothing is given for {{x}} of class.",
    },
    { what: "an inherited name", text: "{{toString}}", values: {}, error: "Nothing is given for" },
    { what: "too much given", text: "a", values: { x: "b" }, error: "class has no {{x}}." },
  ])("refuses $what", ({ text, values, error }) => {
    const fill = readTemplates(templates({ class: text }));
    expect(() => fill("class", values)).toThrow(error);
  });
});

describe("the templates of pages", () => {
  it("are those that are asked for", async () => {
    expect([...(await pageTemplates()).keys()].sort()).toEqual([...TEMPLATE_NAMES].sort());
  });

  it("refuse one that is missing, and one that nobody knows", () => {
    expect(() => readTemplates(new Map())).toThrow("There is no template");
    expect(() => readTemplates(templates({ other: "" }))).toThrow(
      "Nobody uses the template other.",
    );
  });
});
