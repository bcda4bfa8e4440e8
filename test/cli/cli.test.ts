import { existsSync } from "node:fs";
import { mkdir, open, readdir, readFile, rm, utimes, writeFile, stat } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import type { Pipeline } from "../../generator/commands/pipeline-port.js";
import { arrangeFolder } from "./diagnostic-cases.js";
import { inTemporaryFolder, runHere, runProgram, SMALL_PIPELINE } from "./support.js";

async function inProject<T>(action: (folder: string) => Promise<T>): Promise<T> {
  return inTemporaryFolder(async (folder) => {
    await arrangeFolder(folder);
    return action(folder);
  });
}

async function edit(file: string, change: (text: string) => string): Promise<void> {
  await writeFile(file, change(await readFile(file, "utf8")));
}

describe("driftline generate", () => {
  test("writes every service and the runtime", () =>
    inProject(async (folder) => {
      expect(await runHere(folder, ["generate"])).toEqual({
        code: 0,
        out: "generated/runtime: 1 written\ngenerated/pets: 1 written\ndriftline.lock: written\n",
        err: "",
      });
      expect((await readdir(path.join(folder, "generated"), { recursive: true })).sort()).toEqual([
        "pets",
        "pets/driftline-manifest.json",
        "pets/index.ts",
        "runtime",
        "runtime/call.ts",
        "runtime/driftline-manifest.json",
      ]);
      expect((await runHere(folder, ["generate", "pets"])).out).toBe(
        "generated/runtime: 1 unchanged\ngenerated/pets: 1 unchanged\n",
      );
    }));

  test("adds the helpers that a service names, and takes them away again", () =>
    inProject(async (folder) => {
      const configuration = path.join(folder, "driftline.yaml");
      await edit(configuration, (text) =>
        text.replace("api.yaml", "api.yaml, helpers: [pets-upload, pets-session, pets-upload]"),
      );
      expect((await runHere(folder, ["generate"])).out).toContain("generated/pets: 3 written\n");
      expect(await readFile(path.join(folder, "generated/pets/pets-session.ts"), "utf8")).toBe(
        "export class PetsSession {}\n",
      );
      await edit(configuration, (text) => text.replace(/, helpers: .*\]/, ""));
      const check = await runHere(folder, ["check"]);
      expect(check.code).toBe(1);
      expect(check.out).toContain("pets-upload.ts: the configuration changed");
      expect((await runHere(folder, ["generate"])).out).toContain(
        "generated/pets: 2 removed, 1 unchanged\n",
      );
    }));

  test("needs no configuration", () =>
    inTemporaryFolder(async (folder) => {
      await arrangeFolder(folder);
      await rm(path.join(folder, "driftline.yaml"));
      const args = ["--input", "api.yaml", "--output", "src/api", "--name", "Example"];
      expect(await runHere(folder, ["generate", ...args])).toEqual({
        code: 0,
        out: "src/api: 2 written\n",
        err: "",
      });
      expect(await readFile(path.join(folder, "src/api/index.ts"), "utf8")).toContain(
        "// Example ./runtime",
      );
      expect(await runHere(folder, ["check", ...args])).toEqual({
        code: 0,
        out: "Up to date: src/api.\n",
        err: "",
      });
      const renamed = await runHere(folder, ["check", ...args.slice(0, 4), "--name", "Other"]);
      expect(renamed.code).toBe(1);
      expect(renamed.out).toContain("changed src/api/index.ts: the configuration changed\n");
    }));

  test("does not say that a service is unknown whose entry is wrong", () =>
    inProject(async (folder) => {
      await edit(path.join(folder, "driftline.yaml"), (text) =>
        text.replace("input:", "document:"),
      );
      const { code, err } = await runHere(folder, ["generate", "pets"]);
      expect(code).toBe(2);
      expect(err.match(/error\[[a-z-]+\]/g)).toEqual(["error[missing-key]", "error[unknown-key]"]);
    }));

  test("writes nothing when one of several documents is broken", () =>
    inProject(async (folder) => {
      await writeFile(
        path.join(folder, "driftline.yaml"),
        "services: { pets: { input: api.yaml }, bad: { input: bad.yaml } }\noutput: generated\n",
      );
      await writeFile(path.join(folder, "bad.yaml"), "openapi: 3.1.0\nx: ]\n");
      const run = await runHere(folder, ["generate"]);
      expect(run).toMatchObject({ code: 2, out: "" });
      expect(run.err).toContain("bad.yaml:2:4: error[yaml-syntax]");
      expect(await readdir(folder)).not.toContain("generated");
    }));

  test("does not depend on which service is done first", () =>
    inProject(async (folder) => {
      const delayed: Pipeline = {
        ...SMALL_PIPELINE,
        generateService: async (source, options) => {
          if (source.file.path === "a.yaml")
            await new Promise((resolve) => setTimeout(resolve, 30));
          return SMALL_PIPELINE.generateService(source, options);
        },
      };
      await writeFile(
        path.join(folder, "driftline.yaml"),
        "services: { b: { input: api.yaml }, a: { input: a.yaml } }\noutput: generated\n",
      );
      await writeFile(path.join(folder, "a.yaml"), "openapi: 3.1.0\nx: 9007199254740993\n");
      const run = await runHere(folder, ["generate"], delayed);
      expect(run.out).toBe(
        "generated/runtime: 1 written\ngenerated/a: 1 written\ngenerated/b: 1 written\ndriftline.lock: written\n",
      );
      expect(run.err).toContain("a.yaml:2:4: warning[unsafe-integer]");
      expect(run.code).toBe(0);
    }));
});

describe("driftline check", () => {
  test.each<[string, (folder: string) => Promise<void>, number, readonly string[]]>([
    ["nothing", () => Promise.resolve(), 0, ["Up to date: runtime, pets, driftline.lock."]],
    [
      "a comment in the document",
      (folder) => edit(path.join(folder, "api.yaml"), (text) => `# new\n${text}`),
      0,
      ["Up to date"],
    ],
    [
      "a changed document",
      (folder) =>
        edit(path.join(folder, "api.yaml"), (text) =>
          text.replace("Pets", "Dogs").replace("{}", "{ /a: {} }"),
        ),
      1,
      [
        "changed generated/pets/index.ts: the document changed\n        line 3\n",
        "missing generated/pets/p/a.ts: the document changed\n",
        "changed driftline.lock: the document changed\n",
        '3 files are out of date. Run "driftline generate".',
      ],
    ],
    [
      "an edited file",
      (folder) =>
        edit(path.join(folder, "generated/pets/index.ts"), (text) => `${text}::error::\u001b[0m\n`),
      1,
      [
        'changed generated/pets/index.ts: it was edited by hand\n        line 4\n        is        "::error::\\u001b[0m"\n',
        "It overwrites what was edited by hand",
      ],
    ],
    [
      "a removed file",
      (folder) => rm(path.join(folder, "generated/pets/index.ts")),
      1,
      ["missing generated/pets/index.ts: it was removed by hand\n", "1 file is out of date"],
    ],
    [
      "a removed runtime",
      (folder) => rm(path.join(folder, "generated/runtime"), { recursive: true }),
      1,
      ["missing generated/runtime/call.ts: nothing was ever generated here\n"],
    ],
    [
      "an edited runtime",
      (folder) => edit(path.join(folder, "generated/runtime/call.ts"), () => "x"),
      1,
      ["changed generated/runtime/call.ts: it was edited by hand\n"],
    ],
    [
      "a generated file too many",
      (folder) =>
        writeFile(path.join(folder, "generated/pets/old.ts"), "/* Generated by driftline */\n"),
      1,
      ["extra   generated/pets/old.ts: it is not in the manifest\n", "move or delete them"],
    ],
    [
      "somebody else's file",
      (folder) => writeFile(path.join(folder, "generated/pets/mine.ts"), "mine\n"),
      0,
      ["Up to date"],
    ],
    [
      "a removed manifest",
      (folder) => rm(path.join(folder, "generated/pets/driftline-manifest.json")),
      0,
      ["Up to date"],
    ],
    [
      "a changed name",
      (folder) =>
        edit(path.join(folder, "driftline.yaml"), (text) =>
          text.replace("api.yaml", "api.yaml, name: Zoo"),
        ),
      1,
      ["changed generated/pets/index.ts: the configuration changed\n"],
    ],
    [
      "nothing generated",
      (folder) => rm(path.join(folder, "generated"), { recursive: true }),
      1,
      ["missing generated/pets/index.ts: nothing was ever generated here\n"],
    ],
  ])("tells of %s", async (_name, change, code, texts) => {
    await inProject(async (folder) => {
      await runHere(folder, ["generate"]);
      await change(folder);
      const before = await readdir(folder, { recursive: true });
      const run = await runHere(folder, ["check"]);
      for (const text of texts) expect(run.out).toContain(text);
      expect(run.code).toBe(code);
      expect(run.err).toBe("");
      expect(await readdir(folder, { recursive: true })).toEqual(before);
      expect((await runHere(folder, ["check"])).out).toBe(run.out);
    });
  });

  test("is clean after generate, which touches only what changed", () =>
    inProject(async (folder) => {
      await runHere(folder, ["generate"]);
      const runtime = path.join(folder, "generated/runtime/call.ts");
      const long = new Date(2000, 1, 1);
      await utimes(runtime, long, long);
      await edit(path.join(folder, "api.yaml"), (text) => text.replace("{}", "{ /a: {} }"));
      expect((await runHere(folder, ["check"])).code).toBe(1);
      expect((await runHere(folder, ["generate"])).out).toBe(
        "generated/runtime: 1 unchanged\ngenerated/pets: 1 written, 1 unchanged\ndriftline.lock: written\n",
      );
      expect((await runHere(folder, ["check"])).code).toBe(0);
      expect((await stat(runtime)).mtime).toEqual(long);
      await edit(path.join(folder, "api.yaml"), (text) => text.replace("{ /a: {} }", "{}"));
      expect((await runHere(folder, ["generate"])).out).toContain(
        "generated/pets: 1 removed, 1 unchanged\n",
      );
      expect(await readdir(path.join(folder, "generated/pets"))).toEqual([
        "driftline-manifest.json",
        "index.ts",
      ]);
    }));
});

describe("driftline bundle", () => {
  const parts = async (folder: string): Promise<void> => {
    await mkdir(path.join(folder, "parts"));
    await writeFile(
      path.join(folder, "api.yaml"),
      'openapi: 3.1.0\ninfo: { title: Pets, version: "1" }\npaths: { /a: { $ref: parts/a.yaml } }\n',
    );
    await writeFile(
      path.join(folder, "parts/a.yaml"),
      'get:\n  description: "one\\ntwo \\e[31m"\n  responses: { "200": { $ref: b.json } }\n',
    );
    await writeFile(path.join(folder, "parts/b.json"), '{ "description": "\\u202e" }');
  };
  const BUNDLED = `openapi: 3.1.0
info:
  title: Pets
  version: "1"
paths:
  /a:
    get:
      description: "one\\ntwo \\e[31m"
      responses:
        "200":
          $ref: "#/components/responses/b"
components:
  responses:
    b:
      description: "\\u202e"
`;

  test.each([[["bundle", "pets"]], [["bundle", "--input", "api.yaml"]]])(
    "prints a document in one piece: %j",
    (args) =>
      inProject(async (folder) => {
        await parts(folder);
        expect(await runHere(folder, args)).toEqual({ code: 0, out: BUNDLED, err: "" });
      }),
  );

  test.each([
    [["bundle"], "Name one service."],
    [["bundle", "pets", "dogs"], "Name one service."],
    [["bundle", "pets", "--input", "api.yaml"], "--input goes with"],
    [["bundle", "cats"], 'There is no service "cats".'],
    [["bundle", "--input", "none.yaml"], "none.yaml"],
  ])("refuses %j", (args, message) =>
    inProject(async (folder) => {
      const run = await runHere(folder, args);
      expect(run).toMatchObject({ code: 2, out: "" });
      expect(run.err).toContain(message);
    }),
  );
});

describe("driftline inspect", () => {
  test.each([
    [["inspect", "pets", "GET /pets", "--stage", "resolve"], "GET /pets", "resolve"],
    [["inspect", "--input", "api.yaml", "listPets"], "listPets", "model"],
  ])("%j", async (args, operation, stage) => {
    await inProject(async (folder) => {
      const run = await runHere(folder, args);
      expect(run).toMatchObject({ code: 0, err: "" });
      expect(run.out).toContain('"hidden": "\\u202e"');
      expect(JSON.parse(run.out)).toMatchObject({ [stage]: { operation, title: "Pets" } });
    });
  });
});

describe("usage", () => {
  test.each([
    [["nope"], "Unknown command 'nope'"],
    [["generat"], "Did you mean generate?"],
    [["check", "--wrong"], "Unknown option '--wrong'"],
    [[], "Usage:"],
    [["generate", "pet"], 'Did you mean "pets"?'],
    [["generate", "--input", "api.yaml"], "--input and --output belong together"],
    [["generate", "--output", "out"], "--input and --output belong together"],
    [["generate", "--input", "a", "--output", "b", "pets"], "exclude each other"],
    [["generate", "--input", "a", "--output", "b", "--config", "c"], "exclude each other"],
    [["generate", "--name", "X"], "--name needs --input"],
    [["generate", "--input", "api.yaml", "--output", "b", "--name", "x; y"], "is no class name"],
    [["check", "--config", "nope.yaml"], "nope.yaml: error[file-not-found]"],
    [["check", "--input", "nope.yaml", "--output", "b"], "nope.yaml: error[file-not-found]"],
    [["check", "--input", ".", "--output", "b"], "error[file-unreadable]"],
    [["inspect", "pets"], "Name one service and one operation"],
    [["inspect", "pets", "x", "--stage", "nope"], "Allowed choices are source, resolve"],
    [["inspect", "pets", "x", "--stage", "modl"], "Did you mean model?"],
    [["check", "--stric"], "Did you mean --strict? driftline check --help tells all its options."],
    [["explain", "unsafe-integr"], 'Did you mean "unsafe-integer"?'],
    [["inspect", "pet", "x"], 'Did you mean "pets"?'],
  ])("%j is refused with exit code 2", async (args, text) => {
    await inProject(async (folder) => {
      const run = await runHere(folder, args);
      expect(run.err).toContain(text);
      expect(run).toMatchObject({ code: 2, out: "" });
      expect(run.err).not.toMatch(/^\s+at /m);
      expect((await readdir(folder)).sort()).toEqual(["api.yaml", "driftline.yaml"]);
    });
  });

  test("--help shows examples and exit codes", async () => {
    await inTemporaryFolder(async (folder) => {
      const run = await runHere(folder, ["--help"]);
      expect(run.out).toContain("driftline generate --input api.yaml --output src/api");
      for (const code of [
        "0  clean",
        "1  out of date",
        "2  broken input or usage",
        "3  something could not be fetched",
        "70  a bug of driftline",
      ])
        expect(run.out).toContain(`  ${code}`);
      expect(run).toMatchObject({ code: 0, err: "" });
    });
  });

  test.each([
    [[], false],
    [["--debug"], true],
  ])("a bug gives exit code 70, with %j", async (flags, hasStack) => {
    await inProject(async (folder) => {
      const broken: Pipeline = {
        ...SMALL_PIPELINE,
        generateService: () => Promise.reject(new Error("broken\u001b[31m")),
      };
      const run = await runHere(folder, ["generate", ...flags], broken);
      expect(run).toMatchObject({ code: 70, out: "" });
      expect(run.err).toContain('driftline failed unexpectedly: "broken\\u001b[31m"');
      expect(/^\s+at /m.test(run.err)).toBe(hasStack);
    });
  });
});

/** A document about which there is nothing to say. */
const ONE_OPERATION = `
openapi: "3.1.0"
info: { title: Pets, version: "1" }
paths: { /pets: { get: { responses: { "204": { description: None. } } } } }
`;

describe("the program itself", { timeout: 60_000 }, () => {
  test("generates and checks, with exit codes", async () => {
    await inProject(async (folder) => {
      await mkdir(path.join(folder, "sub"));
      await writeFile(path.join(folder, "api.yaml"), ONE_OPERATION);
      const generated = await runProgram(folder, ["generate"]);
      expect(generated).toMatchObject({ code: 0, err: "" });
      expect((await runProgram(folder, ["check"])).code).toBe(0);
      await rm(path.join(folder, "generated/pets/index.ts"));
      expect((await runProgram(folder, ["check"])).code).toBe(1);
      expect((await runProgram(path.join(folder, "sub"), ["check"])).code).toBe(2);
    });
  });

  test.each([
    ["Promise.reject(new Error('late\\u001b[31m'))", [], false],
    ["throw new Error('late\\u001b[31m')", ["--debug"], true],
  ])("tells of a bug that nobody waits for: %s", async (failure, flags, hasStack) => {
    await inProject(async (folder) => {
      await writeFile(path.join(folder, "api.yaml"), ONE_OPERATION);
      // It goes wrong as soon as the program has begun to listen for that.
      const preload = `process.on("newListener", (event) => { if (event === "uncaughtException") setImmediate(() => { ${failure} }); });`;
      const run = await runProgram(folder, ["generate", ...flags], {
        nodeArguments: ["--import", `data:text/javascript,${encodeURIComponent(preload)}`],
      });
      expect(run).toMatchObject({ code: 70, out: "" });
      expect(run.err).toContain('driftline failed unexpectedly: "late\\u001b[31m"\n');
      expect(run.err).toContain("Please report it");
      expect(run.err).not.toContain("\u001b");
      expect(/^\s+at /m.test(run.err)).toBe(hasStack);
    });
  });

  test.skipIf(!existsSync("/dev/full"))("says when its output cannot be written", async () => {
    await inProject(async (folder) => {
      const full = await open("/dev/full", "w");
      try {
        const run = await runProgram(folder, ["bundle", "pets"], { output: full.fd });
        expect(run).toEqual({
          code: 2,
          out: "",
          err: "Standard output cannot be written: ENOSPC.\n",
        });
      } finally {
        await full.close();
      }
    });
  });

  test("does not mind a closed pipe", async () => {
    await inTemporaryFolder(async (folder) => {
      const run = await runProgram(folder, ["--help"], { closeOutput: true });
      expect(run.err).toBe("");
      expect(run.code).toBe(0);
    });
  });
});
