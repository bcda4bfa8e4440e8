import { describe, expect, it } from "vitest";
import {
  access,
  code,
  identifier,
  joined,
  memberKey,
  printed,
  stringLiteral,
  stringsBeginningWith,
} from "../../../generator/emit/code.js";
import { literal, objectLiteral } from "../../../generator/emit/layout/expressions.js";

describe("string literals", () => {
  it.each([
    ["plain", '"plain"'],
    ["it's", '"it\'s"'],
    ['"', "'\"'"],
    ['"it\'s"', "'\"it\\'s\"'"],
    ["\"'", '"\\"\'"'],
    ["\\", '"\\\\"'],
    ["\n", '"\\n"'],
    ["${x} `", '"${x} `"'],
    ["</script>", '"<\\/script>"'],
    ["\u2028\u202e\u200b\ufeff\0", '"\\u2028\\u202e\\u200b\\ufeff\\u0000"'],
    ["\ud800", '"\\ud800"'],
    ["😀é日", '"😀é日"'],
    ["\u{e0001}", '"\\udb40\\udc01"'],
  ])("%j", (text, expected) => {
    expect(stringLiteral(text)).toBe(expected);
  });
});

describe("names", () => {
  it.each(["a", "$", "_2fa", "日本", "Straße"])("%j is an identifier", (name) => {
    expect(identifier(name)).toBe(name);
  });

  it.each(["", "2fa", "a-b", "a b", "a\u200db ", "a;b", "\\u0061", "a\n"])("%j is none", (name) => {
    expect(() => identifier(name)).toThrow("is no identifier");
  });

  it.each([
    ["a", "a"],
    ["42", "42"],
    ["042", '"042"'],
    ["1e3", '"1e3"'],
    ["-1", '"-1"'],
    ["日本", "日本"],
    ["日\u200d本", '"日\\u200d本"'],
    ["𠮷", '"𠮷"'],
    ["a-b", '"a-b"'],
    ["", '""'],
    ["constructor", "constructor"],
  ])("the member %j is written %s", (name, expected) => {
    expect(memberKey(name)).toBe(expected);
  });

  it.each([
    ["a", "x.a"],
    ["default", "x.default"],
    ["a-b", 'x["a-b"]'],
    ["__proto__", "x.__proto__"],
    ["1", 'x["1"]'],
  ])("the member %j is read by %s", (name, expected) => {
    expect(printed(access(code`x`, name))).toBe(expected);
  });

  it("never set a prototype", () => {
    expect(printed(objectLiteral([["__proto__", literal(1)]]).code)).toBe('{ ["__proto__"]: 1 }');
  });
});

describe("code", () => {
  it("is one text as long as nothing in it can be broken", () => {
    expect(code`a ${identifier("b")} ${joined([code`c`, code`d`], code`, `)}`).toBe("a b c, d");
  });

  it("has no line break that the printer does not know of", () => {
    expect(
      () => code`a
b`,
    ).toThrow("has to know");
  });
});

describe("literals", () => {
  it.each([
    [null, "null"],
    [true, "true"],
    [1.5, "1.5"],
    [-0, "-0"],
    [1e21, "1e21"],
    [["a", [1]], '["a", [1]]'],
    [{ a: { "b c": null } }, '{ a: { "b c": null } }'],
    [{}, "{}"],
  ])("%j", (value, expected) => {
    expect(printed(literal(value).code)).toBe(expected);
  });

  it("of types that begin with a text take no text that could end them", () => {
    expect(stringsBeginningWith("image/")).toBe("`image/${string}`");
    expect(() => stringsBeginningWith("`")).toThrow("needs escaping");
    expect(() => stringsBeginningWith("${")).toThrow("needs escaping");
  });
});
