import { describe, expect, test } from "vitest";
import {
  fragmentPointer,
  pointerTo,
  pointerTokens,
  referenceTo,
  resolvePointer,
} from "../../../generator/document/pointer.js";
import type { JsonValue } from "../../../generator/document/source.js";

const document: JsonValue = {
  "a/b": { "~": [10, { deep: true }] },
  "": "empty key",
  "%": 1,
};

describe("pointers", () => {
  test.each([
    ["", document],
    ["/a~1b/~0/0", 10],
    ["/a~1b/~0/1/deep", true],
    ["/", "empty key"],
    ["/a~1b/~0/01", undefined],
    ["/a~1b/~0/-", undefined],
    ["/a~1b/~0/length", undefined],
    ["/constructor", undefined],
    ["/__proto__", undefined],
    ["no-slash", undefined],
  ])("%j resolves", (pointer, expected) => {
    expect(resolvePointer(document, pointer)).toEqual(expected);
  });

  test.each([[["a/b", "~", 0]], [[""]], [["~1", "~01", "/~"]]])("tokens %j survive", (tokens) => {
    expect(pointerTokens(pointerTo(...tokens))).toEqual(tokens.map(String));
  });

  test.each([
    ["#", ""],
    ["#/", "/"],
    ["pet.yaml", ""],
    ["pet.yaml#/A%20B/~1x", "/A B/~1x"],
    ["#/100%", "/100%"],
    ["#anchor", undefined],
  ])("the fragment of %j is a pointer", (reference, expected) => {
    expect(fragmentPointer(reference)).toBe(expected);
  });

  test.each(["/paths/~1pets~1{id}/get", "/a b/%41/#?", "/ünïcødé/😀", "/__proto__"])(
    "%j survives as a reference",
    (pointer) => {
      expect(referenceTo(pointer)).toMatch(/^#[\x21-\x7e]*$/);
      expect(fragmentPointer(referenceTo(pointer))).toBe(pointer);
    },
  );
});
