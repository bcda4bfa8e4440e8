import fc from "fast-check";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { access, code, memberKey, printed, stringLiteral } from "../../generator/emit/code.js";
import { literal, objectLiteral } from "../../generator/emit/layout/expressions.js";
import { codeUnits, trickyText } from "./text.js";

const text = fc.oneof(trickyText, codeUnits);
const RUNS = { numRuns: 2000, seed: 1 };

/** What a text means as an expression of JavaScript. */
function evaluated(expression: string): unknown {
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- the point of the test
  return new Function(`"use strict"; return (${expression});`)();
}

function javaScript(expression: string): string {
  const { outputText } = ts.transpileModule(`(${expression})`, {
    compilerOptions: { target: ts.ScriptTarget.ESNext },
  });
  return outputText.replace(/;\s*$/, "");
}

describe("code literals", () => {
  it("string literals mean their text", () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(evaluated(stringLiteral(value))).toBe(value);
      }),
      RUNS,
    );
  });

  it("string literals mean their text, 100,000 times", () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 100, maxLength: 100 }), (values) => {
        expect(evaluated(`[${values.map(stringLiteral).join(",")}]`)).toEqual(values);
      }),
      { numRuns: 1000, seed: 2 },
    );
  });

  it("string literals are of plain, visible characters and end no script", () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(stringLiteral(value)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]|<\//u);
      }),
      RUNS,
    );
  });

  it("literals mean their value", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
        // An object with a key such as "valueOf" is followed by `as const`, which only TypeScript understands.
        expect(evaluated(javaScript(printed(literal(value).code)))).toEqual(value);
      }),
      RUNS,
    );
  });

  it("object literals have each key as a member of their own", () => {
    fc.assert(
      fc.property(fc.uniqueArray(text, { maxLength: 5 }), (keys) => {
        const entries = keys.map((key, index) => [key, literal(index)] as const);
        const object = evaluated(javaScript(printed(objectLiteral(entries).code))) as object;
        expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
        expect(new Map(Object.entries(object))).toEqual(
          new Map(keys.map((key, index) => [key, index])),
        );
      }),
      RUNS,
    );
  });

  it("members are read by the key that is meant", () => {
    fc.assert(
      fc.property(text, (key) => {
        const { code: object } = objectLiteral([[key, literal(1)]]);
        expect(evaluated(printed(access(code`(${object})`, key)))).toBe(1);
      }),
      RUNS,
    );
  });

  it("keys of types are the key that is meant, and nothing but a key", () => {
    fc.assert(
      fc.property(text, (key) => {
        expect(membersOf(`interface A { ${memberKey(key)}: 1 }`)).toEqual([key]);
      }),
      RUNS,
    );
  });

  it("refuse numbers that have no literal", () => {
    for (const value of [Infinity, -Infinity, NaN]) expect(() => literal(value)).toThrow();
  });
});

/** The names of the members of the only statement, an interface. */
function membersOf(declaration: string): readonly string[] {
  const file = ts.createSourceFile("a.ts", declaration, ts.ScriptTarget.Latest);
  const [statement, ...others] = file.statements;
  if (statement === undefined || !ts.isInterfaceDeclaration(statement) || others.length > 0)
    throw new Error(`not one interface: ${declaration}`);
  return statement.members.map(({ name }) => {
    if (name === undefined || ts.isComputedPropertyName(name)) throw new Error(declaration);
    return name.text;
  });
}
