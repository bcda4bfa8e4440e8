import { describe, expect, it } from "vitest";
import {
  isOfPattern,
  readPattern,
  textOfPattern,
} from "../../../generator/examples/values/pattern.js";

describe("a simple pattern", () => {
  it.each([
    ["^[a-z0-9]+$", ["a", "a1"], ["", "A", "a "]],
    ["^[a-z0-9_]+([a-z0-9_.-]+[a-z0-9_]+)?$", ["u", "a.b"], [".a", "a."]],
    ["^-?[0-9.]+,-?[0-9.]+$", ["1,2", "-0.5,0.5"], ["1", "1;2"]],
    ["^\\d{3}-\\d{2,4}$", ["123-45", "123-4567"], ["123-4", "12-345", "123-45678"]],
    ["\\.zip$", ["a.zip", ".zip"], ["zip", "a.zip "]],
    ["^(?:red|green)$", ["red", "green"], ["redgreen", "blue"]],
    ["^a|b$", ["ax", "xb"], ["xa", "bx"]],
    ["^[^/]+$", ["a b"], ["a/b", ""]],
    ["", ["", "anything"], []],
  ])("%s is held against texts, and one is made of it", (written, texts, others) => {
    const pattern = readPattern(written) ?? [];
    expect(texts.filter((text) => !isOfPattern(text, pattern))).toEqual([]);
    expect(others.filter((text) => isOfPattern(text, pattern))).toEqual([]);
    const made = textOfPattern(pattern) ?? "no text";
    expect(isOfPattern(made, pattern)).toBe(true);
    expect(new RegExp(written, "u").test(made)).toBe(true);
  });

  it("takes no time that grows by itself, whatever it is held against", () => {
    const pattern = readPattern("^(?:(?:a+)+)+$") ?? [];
    expect(isOfPattern(`${"a".repeat(400)}b`, pattern)).toBe(false);
  });
});

it.each(["(?=a)", "(a)\\1", "a{2", "\\p{L}", "[b-a]", "(a", "a)", "a**", "a".repeat(501)])(
  "what is not simple is not read: %s",
  (written) => {
    expect(readPattern(written)).toBeUndefined();
  },
);
