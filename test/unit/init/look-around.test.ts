import { mkdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { documentOf } from "../../../generator/init/find-documents.js";
import { lookAround } from "../../../generator/init/look-around.js";
import { packageManagerOf } from "../../../generator/init/package-manager.js";
import { serviceName } from "../../../generator/init/service-name.js";
import { inTemporaryFolder } from "../../cli/support.js";

const DOCUMENT = 'openapi: "3.1.0"\ninfo: { title: Pets, version: "1" }\npaths: {}\n';

describe("looking around", () => {
  test("finds documents of the project, and no others", () =>
    inTemporaryFolder(async (folder) => {
      const write = async (file: string, text = DOCUMENT): Promise<void> => {
        await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
        await writeFile(path.join(folder, file), text);
      };
      for (const file of [
        "docs/pets.yaml",
        "specs/v2/openapi.json",
        "swagger.yml",
        "test/openapi.yaml",
        ".hidden/openapi.yaml",
        "node_modules/x/openapi.yaml",
        "dist/openapi.yaml",
        "a/b/c/d/e/f/g/h/i/openapi.yaml",
        "openapi.txt",
      ])
        await write(file);
      await write("specs/part.yaml", "get: {}\n");
      await write("elsewhere/openapi.yaml");
      await symlink(path.join(folder, "node_modules/x"), path.join(folder, "linked"));
      await symlink(path.join(folder, "docs/pets.yaml"), path.join(folder, "openapi.yaml"));
      const { documents, isCutShort } = await lookAround(folder);
      expect(documents.map(({ path: file }) => file)).toEqual([
        "swagger.yml",
        "elsewhere/openapi.yaml",
        "specs/v2/openapi.json",
        "docs/pets.yaml",
        "test/openapi.yaml",
      ]);
      expect(isCutShort).toBe(false);
    }));

  test("makes do with files that are not what they should be", () =>
    inTemporaryFolder(async (folder) => {
      await writeFile(
        path.join(folder, "package.json"),
        '{ "scripts": [], "type": 7, "__proto__": 1',
      );
      await writeFile(path.join(folder, "tsconfig.json"), "{ nonsense");
      await mkdir(path.join(folder, "openapi.yaml"));
      const project = await lookAround(folder);
      expect(project.documents).toEqual([]);
      expect(project.packageFile).toMatchObject({ isModule: false, scripts: new Map() });
    }));
});

describe("a document", () => {
  test.each([
    ["openapi: 3.1.0\n", "OpenAPI 3.1.0"],
    ['# our API\n"openapi" : "3.0.3"\n', "OpenAPI 3.0.3"],
    ['{ "swagger": "2.0" }', "Swagger 2.0"],
    ['{\n  "info": {},\n  "openapi": "3.2.0"\n}', "OpenAPI 3.2.0"],
    ['{"openapi":"3.0.0"}', "OpenAPI 3.0.0"],
    ["swagger: '2.0'\r\n", "Swagger 2.0"],
    ["overlay: 1.0.0\n", undefined],
    ["title: openapi\n", undefined],
    ["openapi: yes\n", undefined],
    ["x-openapi: 3.1.0\n", undefined],
  ])("that begins with %j is: %s", (head, specification) => {
    expect(documentOf("a.yaml", head)?.specification).toBe(specification);
  });
});

describe("the package manager", () => {
  test.each<[string | undefined, readonly (readonly string[])[], string]>([
    [undefined, [[]], "npm"],
    ["pnpm@9.1.0", [["yarn.lock"]], "pnpm"],
    ["evil@1", [["yarn.lock"]], "yarn"],
    [undefined, [["package.json"], ["pnpm-lock.yaml"]], "pnpm"],
    [undefined, [["bun.lock"], ["package-lock.json"]], "bun"],
  ])("by %j and %j is %s", (field, names, expected) => {
    expect(packageManagerOf(field, names)).toBe(expected);
  });
});

describe("the name of a service", () => {
  test.each<[readonly (string | undefined)[], string]>([
    [["Pet Store API"], "pet-store"],
    [["Über-Zoo: OpenAPI Specification v2"], "uber-zoo"],
    [["API"], "api"],
    [["runtime"], "api"],
    [["con", "pets"], "pets"],
    [["日本", "zoo"], "zoo"],
    [[undefined, "openapi"], "openapi"],
    [["__proto__"], "proto"],
    [["../../etc"], "etc"],
    [["a ".repeat(40)], "a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a"],
  ])("made of %j is %s", (texts, expected) => {
    expect(serviceName(texts)).toBe(expected);
  });
});
