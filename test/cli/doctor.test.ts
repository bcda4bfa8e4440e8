import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { inTemporaryFolder, runHere } from "./support.js";

const SICK = `openapi: 3.1.0
info: { title: Pets, version: "1" }
paths:
  /pets/{id}:
    get: { operationId: showPet, responses: { "204": { description: None. } } }
`;

const MARK =
  '# Written by "driftline doctor", which overwrites this file while this line is in it.\n';

const REPAIRS = `overlay: 1.0.0
info:
  title: Repairs by driftline doctor
  version: 1.0.0
actions:
  - target: $.paths['/pets/{id}']
    description: The path has this parameter in braces, but nothing declares it.
    update:
      parameters:
        - name: id
          in: path
          required: true
          schema:
            type: string
`;

/** A folder with a configuration of two services: one to be repaired, one that is well. */
async function inProject<T>(action: (folder: string) => Promise<T>): Promise<T> {
  return inTemporaryFolder(async (folder) => {
    await mkdir(path.join(folder, "my specs"));
    await writeFile(path.join(folder, "my specs/sick.yaml"), SICK);
    await writeFile(path.join(folder, "well.yaml"), SICK.replace("{id}", "all"));
    await configure(folder, "");
    return action(folder);
  });
}

function configure(folder: string, overlays: string): Promise<void> {
  return writeFile(
    path.join(folder, "driftline.yaml"),
    `services:\n  sick: { input: my specs/sick.yaml${overlays} }\n  well: { input: well.yaml }\noutput: generated\n`,
  );
}

describe("driftline doctor", () => {
  test("prints findings as such and the overlay as the result", () =>
    inProject(async (folder) => {
      const run = await runHere(folder, ["doctor", "sick"]);
      expect(run.code).toBe(1);
      expect(run.out).toBe(MARK + REPAIRS);
      expect(run.err).toBe(`my specs/sick.yaml: an overlay can repair this:

my specs/sick.yaml:5:5: warning[undeclared-path-parameter]: The path has {id}, but no parameter declares it; the client asks for a string.
  3 | paths:
  4 |   /pets/{id}:
> 5 |     get: { operationId: showPet, responses: { "204": { description: None. } } }
    |     ^
  6 |
hint: Declare it under parameters with in: path and required: true.

1 warning
"driftline explain CODE" tells more about each kind.

The overlay goes to the standard output; --write FILE writes it to a file.
`);
    }));

  test("has nothing to tell of a document that is well", () =>
    inProject(async (folder) => {
      expect(await runHere(folder, ["doctor", "well"])).toEqual({
        code: 0,
        out: "",
        err: "well.yaml: nothing is wrong.\n",
      });
    }));

  test("prints no overlay where there are several documents", () =>
    inProject(async (folder) => {
      const run = await runHere(folder, ["doctor"]);
      expect(run).toMatchObject({ code: 1, out: "" });
      expect(run.err).toContain('Run "driftline doctor sick" for the overlay.\n');
      expect(run.err).toContain("well.yaml: nothing is wrong.\n");
    }));

  test("writes an overlay that is applied from then on, so that doctor finds nothing more", () =>
    inProject(async (folder) => {
      const written = await runHere(folder, ["doctor", "sick", "--write", "repairs.overlay.yaml"]);
      expect(written).toMatchObject({ code: 1, out: "repairs.overlay.yaml: 1 action\n" });
      expect(written.err).toMatch(
        /\nAdd it to driftline\.yaml, under sick: overlays: \["repairs\.overlay\.yaml"\]\n$/,
      );
      const file = path.join(folder, "repairs.overlay.yaml");
      const text = await readFile(file, "utf8");
      expect(text).toBe(
        MARK + REPAIRS.replace("actions:", "extends: ./my%20specs/sick.yaml\nactions:"),
      );
      await configure(folder, ", overlays: [repairs.overlay.yaml]");
      expect(await runHere(folder, ["doctor", "sick"])).toMatchObject({ code: 0, out: "" });
      expect((await runHere(folder, ["bundle", "sick"])).out).toContain("- name: id\n");
      // Written anew it repairs the same, although it is applied already.
      await runHere(folder, ["doctor", "sick", "--write", "repairs.overlay.yaml"]);
      expect(await readFile(file, "utf8")).toBe(text);
    }));

  test("overwrites no file of others", () =>
    inProject(async (folder) => {
      const file = path.join(folder, "mine.yaml");
      await writeFile(file, "overlay: 1.0.0\n");
      const args = ["doctor", "--input", "my specs/sick.yaml", "--write", "mine.yaml"];
      const refused = await runHere(folder, args);
      expect(refused).toMatchObject({ code: 2, out: "" });
      expect(refused.err).toContain(
        "mine.yaml: error[would-overwrite]: This file was not written by doctor.\nhint: Name another file, or add --force to overwrite it.\n",
      );
      expect(await readFile(file, "utf8")).toBe("overlay: 1.0.0\n");
      const forced = await runHere(folder, [...args, "--force"]);
      expect(forced).toMatchObject({ code: 1, out: "mine.yaml: 1 action\n" });
      expect(forced.err).toMatch(/\nApply it with --overlay mine\.yaml\n$/);
      expect(await readFile(file, "utf8")).toContain(MARK);
    }));

  test("leaves nothing behind where it cannot write", () =>
    inProject(async (folder) => {
      const before = await readdir(folder, { recursive: true });
      const run = await runHere(folder, ["doctor", "sick", "--write", "none/repairs.yaml"]);
      expect(run).toMatchObject({ code: 2, out: "" });
      expect(run.err).toContain("none/repairs.yaml: error[write-failed]");
      const onFolder = await runHere(folder, ["doctor", "sick", "--write", "my specs"]);
      expect(onFolder).toMatchObject({ code: 2, out: "" });
      expect(onFolder.err).toContain("my specs: error[write-failed]");
      expect(await readdir(folder, { recursive: true })).toEqual(before);
    }));

  test("a document that cannot be read is broken input", () =>
    inProject(async (folder) => {
      await writeFile(path.join(folder, "well.yaml"), "openapi: 3.1.0\nx: ]\n");
      const run = await runHere(folder, ["doctor"]);
      expect(run.code).toBe(2);
      expect(run.err).toContain("well.yaml:2:4: error[yaml-syntax]");
      expect(run.err).toContain("warning[undeclared-path-parameter]");
    }));

  test("an error that keeps a client from being made is something found", () =>
    inProject(async (folder) => {
      await writeFile(path.join(folder, "well.yaml"), SICK.replace("get: {", "get: 5 # {"));
      const run = await runHere(folder, ["doctor", "well"]);
      expect(run).toMatchObject({ code: 1, out: "" });
      expect(run.err).toContain("well.yaml: this is left for you to decide:\n");
      expect(run.err).toContain("error[wrong-shape]");
    }));

  test("what leads to nothing hides neither the rest nor its repair, and what may stand there is not missed", () =>
    inProject(async (folder) => {
      const parameters = 'parameters: [{ $ref: "#/components/parameters/id" }]';
      await writeFile(
        path.join(folder, "well.yaml"),
        SICK.replace("get: { operationId: showPet,", `get: { ${parameters},`),
      );
      const run = await runHere(folder, ["doctor", "well"]);
      expect(run.code).toBe(1);
      expect(run.err).toContain("error[unresolved-reference]");
      expect(run.err).not.toContain("undeclared-path-parameter");
      expect(run.out).toContain("operationId: getPetsById");
    }));

  test.each([
    [["doctor", "sck"], 'Did you mean "sick"?'],
    [
      ["doctor", "sick", "--input", "well.yaml"],
      "--input goes with neither services nor --config.",
    ],
    [["doctor", "--write", "x.yaml"], "--write and --overlay are for one document."],
    [["doctor", "--overlay", "x.yaml"], "--write and --overlay are for one document."],
    [["doctor", "sick", "--force"], "--force needs --write."],
    [["doctor", "--config", "none.yaml"], "none.yaml: error[file-not-found]"],
    [["doctor", "sick", "--overlay", "none.yaml"], "none.yaml: error[file-not-found]"],
  ])("%j is refused", (args, text) =>
    inProject(async (folder) => {
      const run = await runHere(folder, args);
      expect(run).toMatchObject({ code: 2, out: "" });
      expect(run.err).toContain(text);
    }),
  );
});

describe("--overlay", () => {
  const OVERLAY = `overlay: 1.1.0
info: { title: Rename, version: 1.0.0 }
actions: [{ target: $.info.title, update: Cats }]
`;

  test("comes after the overlays of the configuration", () =>
    inProject(async (folder) => {
      await writeFile(path.join(folder, "first.yaml"), OVERLAY.replace("Cats", "Dogs"));
      await writeFile(path.join(folder, "second.yaml"), OVERLAY);
      await configure(folder, ", overlays: [first.yaml]");
      expect((await runHere(folder, ["bundle", "sick"])).out).toContain("title: Dogs\n");
      const both = ["bundle", "sick", "--overlay", "second.yaml"];
      expect((await runHere(folder, both)).out).toContain("title: Cats\n");
      const all = [
        "bundle",
        "--input",
        "well.yaml",
        "--overlay",
        "second.yaml",
        "--overlay",
        "first.yaml",
      ];
      expect((await runHere(folder, all)).out).toContain("title: Dogs\n");
      const inspected = await runHere(folder, ["inspect", "sick", "x", "--overlay", "second.yaml"]);
      expect(inspected.out).toContain('"title": "Cats"');
    }));

  test("goes with generate and check, which notice that an overlay changed", () =>
    inProject(async (folder) => {
      await writeFile(path.join(folder, "names.yaml"), OVERLAY);
      await writeFile(
        path.join(folder, "driftline.yaml"),
        "services: { well: { input: well.yaml, overlays: [names.yaml] } }\noutput: generated\n",
      );
      expect((await runHere(folder, ["generate"])).code).toBe(0);
      const client = path.join(folder, "generated/well/index.ts");
      expect(await readFile(client, "utf8")).toContain('"title":"Cats"');
      expect((await runHere(folder, ["check"])).code).toBe(0);
      await writeFile(path.join(folder, "names.yaml"), OVERLAY.replace("Cats", "Dogs"));
      const check = await runHere(folder, ["check"]);
      expect(check.code).toBe(1);
      expect(check.out).toContain("generated/well/index.ts: the document or an overlay changed\n");
      expect((await runHere(folder, ["check", "well", "--overlay", "names.yaml"])).code).toBe(1);
    }));

  test.each([
    [["generate", "--overlay", "names.yaml"], "--overlay is for one document."],
    [["check", "sick", "--overlay", "none.yaml"], "none.yaml: error[file-not-found]"],
  ])("%j is refused", (args, text) =>
    inProject(async (folder) => {
      const run = await runHere(folder, args);
      expect(run).toMatchObject({ code: 2, out: "" });
      expect(run.err).toContain(text);
    }),
  );
});
