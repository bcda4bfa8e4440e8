import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { always, useServer } from "../runtime/support/server.js";
import { changedByPrettier } from "../support/prettier.js";
import { repository } from "../support/repository.js";
import { useFolder } from "./support/folder.js";
import { generatedSources, importsOf, loadedBy, resolveImport } from "./support/sources.js";

/* What holds for every generated file, whatever it is generated from (client.md, "Methods", "Output"). */

const SOURCES = generatedSources();

describe.each(SOURCES)("$name", ({ name, file }) => {
  it("imports nothing but generated files, by relative specifiers that end in .js", () => {
    for (const { specifier } of importsOf(file)) {
      expect(resolveImport(name, specifier), specifier).toBeDefined();
    }
  });

  it("holds nothing that the compiler would not check, or not erase", () => {
    const found: string[] = [];
    visit(file, (node) => {
      const kind = FORBIDDEN.find(({ is }) => is(node))?.kind;
      if (kind !== undefined) found.push(`${kind}: ${node.getText(file).slice(0, 80)}`);
    });
    expect(found).toEqual([]);
    expect(file.text).not.toMatch(/@ts-|eslint-disable|sourceMappingURL|\/\/\/ *</);
  });

  it("is laid out as prettier does it", async () => {
    expect(await changedByPrettier([[name, file.text]])).toEqual([]);
  });

  it("tells nothing about the machine or the day it was made on", () => {
    expect(file.text).not.toContain("\r");
    expect(file.text).not.toContain(repository("."));
    expect(file.text.split(/[^\w.-]+/)).not.toContain(hostname());
    const [header = ""] = file.text.split("*/");
    expect(header).not.toMatch(/\b20\d\d-\d\d|\b\d\d:\d\d\b/);
  });
});

describe("what is loaded", () => {
  const OPTIONAL = ["binary", "event-stream", "form", "json", "multipart", "styles", "text"];

  it.each([
    { file: "sftpgo/token-api.ts", uses: [] },
    { file: "sftpgo/healthcheck-api.ts", uses: [] },
    { file: "peertube/session-api.ts", uses: ["form"] },
    { file: "mastodon/oauth-api.ts", uses: ["form"] },
    { file: "mastodon/streaming-api.ts", uses: ["event-stream"] },
    { file: "mastodon/media-api.ts", uses: ["multipart"] },
    { file: "sftpgo/user-api.ts", uses: ["binary", "json", "multipart"] },
    { file: "sftpgo/index.ts", uses: ["binary", "json", "multipart", "styles"] },
    { file: "peertube/index.ts", uses: ["binary", "form", "json", "multipart", "styles"] },
    { file: "mastodon/index.ts", uses: ["event-stream", "form", "json", "multipart", "styles"] },
  ])("$file loads of the optional parts of the runtime only $uses", ({ file, uses }) => {
    const loaded = loadedBy(file, SOURCES);
    expect(OPTIONAL.filter((part) => loaded.has(`runtime/${part}.ts`))).toEqual(uses);
  });

  const PAGING = ["keyset-pages", "link-header", "link-pages", "offset-pages", "page-walk"];

  it.each([
    { file: "sftpgo/token-api.ts", uses: [] },
    { file: "mastodon/oauth-api.ts", uses: [] },
    { file: "peertube/session-api.ts", uses: ["offset-pages", "page-walk"] },
    { file: "mastodon/timelines-api.ts", uses: ["link-header", "link-pages", "page-walk"] },
    { file: "sftpgo/events-api.ts", uses: ["keyset-pages", "page-walk"] },
    { file: "peertube/index.ts", uses: ["offset-pages", "page-walk"] },
  ])("$file loads of paging only $uses", ({ file, uses }) => {
    const loaded = loadedBy(file, SOURCES);
    expect(PAGING.filter((part) => loaded.has(`runtime/${part}.ts`))).toEqual(uses);
  });

  it.each(["sftpgo", "peertube", "mastodon"])(
    "%s loads nothing of the other services",
    (service) => {
      const folders = [...loadedBy(`${service}/index.ts`, SOURCES)].map((name) =>
        path.dirname(name),
      );
      expect([...new Set(folders)].sort()).toEqual(["runtime", service].sort());
    },
  );
});

describe("with its types stripped", () => {
  const folder = useFolder();
  const server = useServer();

  it("runs on plain Node.js, file by file, without a build", async () => {
    for (const { name, file } of SOURCES) {
      const { outputText, diagnostics } = ts.transpileModule(file.text, {
        fileName: name,
        reportDiagnostics: true,
        compilerOptions: {
          module: ts.ModuleKind.ESNext,
          target: ts.ScriptTarget.ESNext,
          verbatimModuleSyntax: true,
          isolatedModules: true,
          erasableSyntaxOnly: true,
        },
      });
      expect(diagnostics).toEqual([]);
      const target = path.join(folder, name.replace(/\.ts$/, ".js"));
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, outputText);
    }
    writeFileSync(path.join(folder, "package.json"), '{ "type": "module" }');
    writeFileSync(
      path.join(folder, "main.js"),
      `import { SFTPGo } from "./sftpgo/index.js";
       import "./peertube/index.js";
       import "./mastodon/index.js";
       const [, , baseUrl] = process.argv;
       const sftpgo = new SFTPGo({ baseUrl, auth: { BasicAuth: { username: "u", password: "p" } } });
       console.log(JSON.stringify(await sftpgo.token.getToken()));`,
    );
    const token = '{"access_token":"t","expires_at":"2030-01-01T00:00:00Z"}';
    server.answer(always(200, { "content-type": "application/json" }, token));
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      ["main.js", server.url],
      {
        cwd: folder,
        env: { PATH: process.env["PATH"] },
      },
    );
    expect({ stdout, stderr }).toEqual({ stdout: `${token}\n`, stderr: "" });
    expect(server.request.url).toBe("/api/v2/token");
  });
});

/** Syntax that has no place in the output. */
const FORBIDDEN: readonly { kind: string; is: (node: ts.Node) => boolean }[] = [
  { kind: "any", is: (node) => node.kind === ts.SyntaxKind.AnyKeyword },
  { kind: "enum", is: ts.isEnumDeclaration },
  { kind: "namespace", is: ts.isModuleDeclaration },
  { kind: "decorator", is: ts.isDecorator },
  { kind: "import =", is: ts.isImportEqualsDeclaration },
  { kind: "export =", is: ts.isExportAssignment },
  { kind: "<T>value", is: ts.isTypeAssertionExpression },
  { kind: "value!", is: ts.isNonNullExpression },
  { kind: "declare", is: (node) => node.kind === ts.SyntaxKind.DeclareKeyword },
  {
    kind: "parameter property",
    is: (node) => ts.isParameter(node) && ts.isParameterPropertyDeclaration(node, node.parent),
  },
  {
    kind: "code from text",
    is: (node) =>
      (ts.isCallExpression(node) || ts.isNewExpression(node)) &&
      /^(?:eval|Function|require|import)$/.test(node.expression.getText()),
  },
];

function visit(node: ts.Node, look: (node: ts.Node) => void): void {
  look(node);
  ts.forEachChild(node, (child) => {
    visit(child, look);
  });
}
