import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
import { ts as whole } from "ts-morph";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { oneCompiler, syntaxTrees, usedNames } from "../../../build/syntax-trees.js";
import { repository } from "../../support/repository.js";

type Compiler = typeof whole;

let folder = "";
let part: Compiler;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "driftline-syntax-trees-"));
  const { outputFiles } = await build({
    stdin: { contents: `export { ts } from "syntax-trees";` },
    bundle: true,
    format: "cjs",
    platform: "node",
    plugins: [oneCompiler],
    write: false,
  });
  const file = path.join(folder, "part.cjs");
  writeFileSync(file, outputFiles[0]?.text ?? "");
  part = (createRequire(import.meta.url)(file) as { readonly ts: Compiler }).ts;
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A text as a compiler reads it: its nodes by kind and place, and what is wrong with it. */
function read(ts: Compiler, text: string): unknown {
  const source = ts.createSourceFile("file.ts", text, {
    languageVersion: ts.ScriptTarget.Latest,
    jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
  });
  const nodes: string[] = [];
  const visit = (node: whole.Node): void => {
    nodes.push(`${ts.SyntaxKind[node.kind]} ${node.pos}-${node.end}`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  const { parseDiagnostics } = source as unknown as {
    readonly parseDiagnostics: readonly whole.Diagnostic[];
  };
  const problems = parseDiagnostics.map(
    ({ start, messageText }) => `${start}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`,
  );
  return { nodes, problems };
}

function generatedFiles(): readonly { readonly name: string; readonly text: string }[] {
  const generated = repository("generated/sftpgo");
  return readdirSync(generated)
    .filter((name) => name.endsWith(".ts"))
    .map((name) => ({ name, text: readFileSync(path.join(generated, name), "utf8") }));
}

describe("the part of the compiler that is in the package", () => {
  test("reads clients as the whole of it does", () => {
    const files = generatedFiles();
    expect(files.length).toBeGreaterThan(10);
    for (const { name, text } of files) expect(read(part, text), name).toEqual(read(whole, text));
  });

  test.each([
    "",
    "const",
    "class { }",
    "export interface A { readonly b: string; c?: [d: number, ...e: F[]] }",
    "type A = `x${string}` | -1 | 1n | { [key: string]: unknown };",
    "f(`a${b}c`, /r/u, <T>(x: T) => x, async function* () {});",
    'const a = "\n";',
    "enum A { b = 1 << 2 } namespace N { declare const x: unique symbol }",
    "@d() class A<in out T> extends B implements C { static #p = 1; get q() { return this.#p } }",
    "let \\u{61} = '\\u{1F600}'; // #!",
    "/* not closed",
    "if (a) { } else for (;;) ;",
    "a ?? b || c",
    "{".repeat(50),
  ])("reads %j as the whole of it does", (text) => {
    expect(read(part, text)).toEqual(read(whole, text));
  });

  test("has everything that is read from it", () => {
    const values = [...usedNames()].filter((name) => name in whole);
    expect(values.length).toBeGreaterThan(40);
    expect(values.filter((name) => !(name in part))).toEqual([]);
  });

  test("verifies clients, and refuses what they do not consist of", async () => {
    vi.doMock("../../../generator/emit/verify/syntax-trees.js", () => ({ ts: part }));
    vi.resetModules();
    const { verify } = await import("../../../generator/emit/verify/verify.js");
    const files = generatedFiles();
    const around = { runtime: "../runtime", files: new Set(files.map(({ name }) => name)) };
    const emitted = files.filter(({ name }) => /^(?:index|client|models|.*-api)\.ts$/.test(name));
    expect(emitted.length).toBeGreaterThan(10);
    for (const { name, text } of emitted) verify({ path: name, text }, around);
    const foreign = 'export const x = "a";\n\nexport const y = eval("b");\n';
    expect(() => {
      verify({ path: "service.ts", text: foreign }, around);
    }).toThrow(/^service\.ts:3:18: no emitter prints /);
    expect(() => {
      verify({ path: "service.ts", text: "export {" }, around);
    }).toThrow(/what does not parse/);
  });
});

describe("a compiler that is laid out in another way", () => {
  test("ends the build", () => {
    expect(() => syntaxTrees("var __defProp;\n// src/compiler/a.ts\n", new Set(["a"]))).toThrow(
      "laid out in another way",
    );
  });
});
