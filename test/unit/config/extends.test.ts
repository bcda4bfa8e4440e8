import { mkdir, realpath, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import type { Configuration } from "../../../generator/config/configuration.js";
import { loadConfiguration } from "../../../generator/config/load.js";
import type { Outcome } from "../../../generator/diagnostics/diagnostic.js";
import { displayPath } from "../../../generator/document/read-file.js";
import { inTemporaryFolder } from "../../cli/support.js";

const ROOT = path.resolve("/memory");
const at = (file: string): string => path.resolve(ROOT, file);
const shown = (file: string): string => displayPath(at(file));

/** Loads `project/driftline.yaml` of files by their paths below a folder that is not there. */
function load(files: Readonly<Record<string, string>>): Promise<Outcome<Configuration>> {
  const texts = new Map(Object.entries(files).map(([file, text]) => [at(file), text]));
  return loadConfiguration(at("project/driftline.yaml"), (file) => {
    const text = texts.get(file);
    if (text === undefined)
      return Promise.reject(Object.assign(new Error("missing"), { code: "ENOENT" }));
    return Promise.resolve(new TextEncoder().encode(text));
  });
}

describe("a configuration that extends another", () => {
  test("takes over what it does not say itself, mappings by their keys", async () => {
    const { value, diagnostics } = await load({
      "project/driftline.yaml":
        "extends: ../base.yaml\nservices:\n  pets: { docs: true, overlays: [own.yaml] }\nlimits: { depth: 5 }\n",
      "base.yaml":
        "output: src/api\nstrict: true\nlimits: { depth: 9, files: 2 }\nservices:\n  pets: { input: pets.yaml, name: Pets, docs: false, overlays: [a.yaml, b.yaml] }\n  shops: { input: shops.yaml }\n",
    });
    expect(diagnostics).toEqual([]);
    expect(value?.services).toMatchObject([
      {
        service: "pets",
        name: "Pets",
        docs: true,
        overlays: [at("project/own.yaml")],
        limits: { depth: 5, files: 2 },
        policy: { strict: true },
      },
      { service: "shops", docs: false },
    ]);
  });

  test("has paths relative to the file in which they stand, and writes below its own folder", async () => {
    const { value } = await load({
      "project/driftline.yaml":
        "extends: ../shared/base.yaml\nservices: { shops: { input: shops.yaml } }\n",
      "shared/base.yaml":
        "output: src/api\nreferences: { folders: [schemas] }\nservices:\n  pets: { input: pets.yaml, overlays: [fix.yaml], upstream: { url: https://a.example/b, accept: a.yaml } }\n",
    });
    expect(value).toMatchObject({ folder: at("project"), output: at("project/src/api") });
    expect(value?.services).toMatchObject([
      {
        input: at("shared/pets.yaml"),
        folder: at("project/src/api/pets"),
        overlays: [at("shared/fix.yaml")],
        references: { folders: [at("shared/schemas")] },
        upstream: { accept: at("shared/a.yaml") },
      },
      { input: at("project/shops.yaml"), folder: at("project/src/api/shops") },
    ]);
  });

  test("lets a later file of a list count before an earlier one, and tells all that were read", async () => {
    const { value } = await load({
      "project/driftline.yaml": "extends: [./one.yaml, ./two.yaml]\n",
      "project/one.yaml": "output: one\nlanguage: javascript\nservices: { a: { input: x } }\n",
      "project/two.yaml": "extends: ./three.yaml\noutput: two\n",
      "project/three.yaml": "output: three\nlanguage: both\nstrict: true\n",
    });
    expect(value).toMatchObject({ output: at("project/two"), language: "both" });
    expect(value?.files.toSorted()).toEqual(
      ["driftline", "one", "three", "two"].map((name) => at(`project/${name}.yaml`)),
    );
  });

  test("may extend one file in two ways", async () => {
    const { diagnostics } = await load({
      "project/driftline.yaml":
        "extends: [./one.yaml, ./two.yaml]\nservices: { a: { input: x } }\n",
      "project/one.yaml": "extends: ./three.yaml\n",
      "project/two.yaml": "extends: ./three.yaml\n",
      "project/three.yaml": "output: three\n",
    });
    expect(diagnostics).toEqual([]);
  });

  test("is told what is wrong in the file in which it stands", async () => {
    const { diagnostics } = await load({
      "project/driftline.yaml": "extends: ../base.yaml\nservices: { a: { docs: true } }\n",
      "base.yaml": "strict: 1\nservices:\n  a:\n    nmae: X\n    allow: [unsafe-integre]\n",
    });
    expect(
      diagnostics.map(({ code, place }) =>
        place !== undefined && "line" in place
          ? [code, place.file.path, place.line, place.column]
          : code,
      ),
    ).toEqual([
      ["invalid-value", shown("base.yaml"), 1, 9],
      ["unknown-key", shown("base.yaml"), 4, 5],
      ["missing-key", shown("project/driftline.yaml"), 2, 13],
    ]);
  });

  test.each([
    ["no file", "./none.yaml", "file-not-found", 'no file "./none.yaml" to extend'],
    ["no package", "@acme/none/driftline.yaml", "invalid-value", "begins with"],
    ["a module of Node.js", "path", "invalid-value", "begins with"],
    ["a URL", "https://a.example/b.yaml", "invalid-value", "path of another configuration"],
    ["itself", "./driftline.yaml", "invalid-value", "extends itself"],
    ["what extends it", "./back.yaml", "invalid-value", "extends itself"],
    ["a list of nothing", "./list.yaml", "invalid-value", "should be a mapping"],
    ["an empty file", "./empty.yaml", "invalid-value", "should be a mapping"],
  ])("cannot extend %s", async (_name, target, code, text) => {
    const { diagnostics } = await load({
      "project/driftline.yaml": `services: { a: { input: x } }\nextends: "${target}"\n`,
      "project/back.yaml": "extends: ./driftline.yaml\n",
      "project/list.yaml": "[]\n",
      "project/empty.yaml": "",
    });
    expect(diagnostics[0]).toMatchObject({ code });
    expect(diagnostics[0]?.place).toHaveProperty("line");
    const told = diagnostics.map(({ message, hint }) => `${message} ${hint}`).join("\n");
    expect(told).toContain(text);
  });

  test("is not told to lack what a file that is missing may say", async () => {
    const { diagnostics } = await load({
      "project/driftline.yaml": "extends: ./none.yaml\nservices: { a: { docs: true } }\n",
    });
    expect(diagnostics.map(({ code }) => code)).toEqual(["file-not-found"]);
  });

  test("neither follows a chain without end, nor reads one file again and again", async () => {
    const chain = Array.from({ length: 30 }, (_, index) => [
      `project/${index}.yaml`,
      `extends: [./${index + 1}.yaml, ./${index + 1}.yaml]\n`,
    ]);
    const { diagnostics, value } = await load({
      "project/driftline.yaml": "services: { a: { input: x } }\nextends: ./0.yaml\n",
      ...(Object.fromEntries(chain) as Record<string, string>),
    });
    expect(value?.files.length).toBeLessThanOrEqual(100);
    expect(diagnostics[0]?.message).toContain("is one too many");
  });

  test("finds a file of a package that is installed where the configuration is", async () => {
    await inTemporaryFolder(async (temporary) => {
      const folder = await realpath(temporary);
      const installed = path.join(folder, "node_modules/@acme/api");
      await mkdir(installed, { recursive: true });
      await writeFile(path.join(installed, "package.json"), '{ "name": "@acme/api" }');
      await writeFile(
        path.join(installed, "driftline.yaml"),
        "services: { a: { input: a.yaml } }\n",
      );
      const file = path.join(folder, "driftline.yaml");
      await writeFile(file, "extends: '@acme/api/driftline.yaml'\n");
      const { value, diagnostics } = await loadConfiguration(file);
      expect(diagnostics).toEqual([]);
      expect(value?.services).toMatchObject([
        { input: path.join(installed, "a.yaml"), folder: path.join(folder, "generated/a") },
      ]);
    });
  });
});

describe("folders", () => {
  const folders = async (text: string): Promise<Outcome<Configuration>> =>
    load({ "project/driftline.yaml": text });

  test("are those of the output, with one runtime, or with one for each", async () => {
    const services = "services: { a: { input: x }, b: { input: y, output: packages/b/src/api } }\n";
    const shared = await folders(services);
    expect(shared.value?.services).toMatchObject([
      { folder: at("project/generated/a"), runtime: "shared" },
      { folder: at("project/packages/b/src/api"), runtime: "separate" },
    ]);
    const separate = await folders(`${services}runtime: separate\n`);
    expect(separate.value?.services.map(({ runtime }) => runtime)).toEqual([
      "separate",
      "separate",
    ]);
  });

  test.each([
    ["the same", "api", "api"],
    ["the same but for case", "api", "API"],
    ["one in the other", "api", "api/v2"],
    ["one around the other", "api/v2", "api"],
    ["that of a client of the output", "generated/c", "x"],
    ["the output", "generated", "x"],
    ["the runtime", "generated/runtime", "x"],
  ])("do not lie in each other: %s", async (_name, a, b) => {
    const { diagnostics } = await folders(
      `services:\n  a: { input: x, output: ${a} }\n  b: { input: x, output: ${b} }\n  c: { input: x }\n`,
    );
    expect(diagnostics).toMatchObject([{ code: "invalid-value" }]);
    expect(diagnostics[0]?.message).toContain("This client would be written where");
    expect(diagnostics[0]?.place).toHaveProperty("line");
  });

  test("may be beside those of the output", async () => {
    const { diagnostics } = await folders(
      "services:\n  a: { input: x, output: generated/special/a }\n  c: { input: x }\n",
    );
    expect(diagnostics).toEqual([]);
  });
});

describe("${NAME}", () => {
  test.each([
    ["services: { a: { input: '${X}/api.yaml' } }", 1],
    ["services: { a: { input: x, overlays: [y, 'a/${X}.yaml'] } }", 1],
    ["services: { a: { input: x, name: 'A${X}' } }", 1],
    ["services: { a: { input: x } }\noutput: '${OUT}'", 2],
    ["services: { a: { input: x, upstream: { url: 'https://a.example/${X}' } } }", 1],
  ])("means nothing outside of headers: %s", async (text, line) => {
    const { diagnostics } = await load({ "project/driftline.yaml": text });
    expect(diagnostics).toMatchObject([
      {
        code: "invalid-value",
        message: "An environment variable stands for nothing here.",
        place: { line },
      },
    ]);
  });

  test.each([
    "services: { a: { input: x, upstream: { url: 'https://a.example/b', headers: { A: '${X}' } } } }",
    "services: { a: { input: x } }\nreferences: { origins: [{ origin: 'https://a.example', headers: { A: 'b ${X}' } }] }",
    "services: { a: { input: x, include: { tags: ['${X}'] } } }",
  ])("is a variable of headers, and text of a document: %s", async (text) => {
    const { diagnostics } = await load({ "project/driftline.yaml": text });
    expect(diagnostics).toEqual([]);
  });
});
