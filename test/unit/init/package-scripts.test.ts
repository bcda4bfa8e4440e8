import { describe, expect, test } from "vitest";
import { addScripts } from "../../../generator/init/package-scripts.js";

const WANTED = new Map([
  ["a", "one"],
  ["b", "two"],
]);

function added(text: string): string | undefined {
  const { scripts = {} } = JSON.parse(text) as { readonly scripts?: Record<string, string> };
  const strings = Object.entries(scripts).filter(([, line]) => typeof line === "string");
  return addScripts(text, new Map(strings), WANTED)?.text;
}

describe("scripts", () => {
  test.each([
    ["{}", '{\n  "scripts": {\n    "a": "one",\n    "b": "two"\n  }\n}'],
    ['{ "x": 1 }\n', '{ "x": 1, "scripts": {\n    "a": "one",\n    "b": "two"\n  } }\n'],
    ['{"scripts":{"x":"y"}}', '{"scripts":{"x":"y","a": "one","b": "two"}}'],
    [
      '{\n  "scripts": {},\n  "y": [{}, {"scripts": {}}]\n}\n',
      '{\n  "scripts": {\n    "a": "one",\n    "b": "two"\n  },\n  "y": [{}, {"scripts": {}}]\n}\n',
    ],
    [
      '{\r\n\t"scripts": {\r\n\t\t"x": "y, }"\r\n\t}\r\n}\r\n',
      '{\r\n\t"scripts": {\r\n\t\t"x": "y, }",\r\n\t\t"a": "one",\r\n\t\t"b": "two"\r\n\t}\r\n}\r\n',
    ],
    [
      '{\n    "scripts": { "x": "y" },\n    "z": { "scripts": { "q": {} } }\n}',
      '{\n    "scripts": { "x": "y", "a": "one", "b": "two" },\n    "z": { "scripts": { "q": {} } }\n}',
    ],
  ])("are added to %j and change nothing else", (text, expected) => {
    expect(added(text)).toBe(expected);
    expect(JSON.parse(expected)).toMatchObject({ scripts: { a: "one", b: "two" } });
  });

  test("that are there stay, whatever they do", () => {
    const text = '{ "scripts": { "a": "one", "b": "mine" } }';
    const present = new Map([
      ["a", "one"],
      ["b", "mine"],
    ]);
    expect(addScripts(text, present, WANTED)).toEqual({ text, added: [], taken: ["b"] });
  });

  test.each(["", "[]", "{", "null", '{ "scripts": { } } // no JSON'])(
    "are not added to %j, which is no package.json",
    (text) => {
      expect(addScripts(text, new Map(), WANTED)).toBeUndefined();
    },
  );
});
