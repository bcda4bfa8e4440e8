import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { cp, mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import type { Pipeline } from "../../generator/commands/pipeline-port.js";
import { LOCK_FILE } from "../../generator/pins/lock-file.js";
import { VERSION } from "../../generator/output/generator-identity.js";
import { realPipeline } from "../support/pipeline.js";
import { repository } from "../support/repository.js";
import { inTemporaryFolder, runHere, type Run } from "./support.js";

/*
 * Each folder below init/cases is a project before and after, and what is printed. `UPDATE_GOLDEN=1` writes the last two;
 * then read them. Generated files are not part of it.
 */

const CASES = repository("test/cli/init/cases");
const NAMES = [
  "typescript-modules",
  "typescript-commonjs",
  "typescript-bundler",
  "typescript-verbatim-commonjs",
  "javascript",
  "nothing-but-a-document",
  "several-documents",
  "set-up-already",
  "broken-document",
  "no-document",
];
/** Options beside `--yes`, where a case has some. */
const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  "typescript-bundler": ["--program", "src/first.ts", "--service", "store"],
  "nothing-but-a-document": ["--output", "client", "--no-scripts"],
};

async function inCase<T>(name: string, action: (folder: string) => Promise<T>): Promise<T> {
  return inTemporaryFolder(async (folder) => {
    await cp(path.join(CASES, name, "before"), folder, { recursive: true });
    return action(folder);
  });
}

/** The line without most of the runtime: writing a hundred files takes longer than all the rest. */
const LIGHT: Pipeline = {
  ...realPipeline(),
  runtimeFiles: async () => (await realPipeline().runtimeFiles()).slice(0, 1),
};

function init(folder: string, args: readonly string[] = ["--yes"], pipeline = LIGHT): Promise<Run> {
  return runHere(folder, ["init", ...args], pipeline);
}

/** All files with their texts, but for what is generated. */
async function texts(folder: string): Promise<ReadonlyMap<string, string>> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .filter((file) => !/(?:^|\/)(?:generated|client|node_modules)\//.test(file))
    .filter((file) => file !== LOCK_FILE)
    .sort();
  const all = files.map(
    async (file) => [file, await readFile(path.join(folder, file), "utf8")] as const,
  );
  return new Map(await Promise.all(all));
}

/** What differs from run to run, or from one version to the next, is left out. */
function lasting(text: string): string {
  return text.replaceAll(VERSION, "VERSION").replace(/\d+ files/g, "N files");
}

describe("driftline init", { timeout: 60_000 }, () => {
  test("has all its cases listed", async () => {
    expect((await readdir(CASES)).sort()).toEqual([...NAMES].sort());
  });

  test.each(NAMES)("sets up %s", async (name) => {
    await inCase(name, async (folder) => {
      const before = await texts(folder);
      const { code, out, err } = await init(folder, ["--yes", ...(OPTIONS[name] ?? [])]);
      const after = [...(await texts(folder))].filter(([file, text]) => before.get(file) !== text);
      const printed = `exit code ${code ?? ""}\n\n${lasting(out)}${err === "" ? "" : `\n--- standard error\n${lasting(err)}`}`;
      const expected = path.join(CASES, name, "after");
      if (process.env["UPDATE_GOLDEN"] === "1") {
        await rm(expected, { recursive: true, force: true });
        for (const [file, text] of [...after, ["printed.txt", printed] as const]) {
          await mkdir(path.dirname(path.join(expected, file)), { recursive: true });
          await writeFile(path.join(expected, file), text);
        }
      }
      expect(new Map([...after, ["printed.txt", printed] as const])).toEqual(await texts(expected));
      if (code !== 0) expect([...before]).toEqual([...(await texts(folder))]);
    });
  });

  test("writes nothing with --dry-run, and tells the same", () =>
    inCase("typescript-modules", async (folder) => {
      const before = await texts(folder);
      const dry = await init(folder, ["--yes", "--dry-run"]);
      expect([await texts(folder), existsSync(path.join(folder, LOCK_FILE))]).toEqual([
        before,
        false,
      ]);
      const { out } = await init(folder);
      expect(dry.out).toBe(`Nothing is written; this is what would be:\n\n${out}`);
      expect(await runHere(folder, ["check"], LIGHT)).toMatchObject({ code: 0, err: "" });
    }));

  test("with --json is one document, as its schema says", () =>
    inCase("typescript-modules", async (folder) => {
      const schema = readFileSync(repository("generator/commands/report-schema.json"), "utf8");
      const validate = new Ajv2020({ strict: false }).compile(JSON.parse(schema) as object);
      const { out, err } = await init(folder, ["--json", "--dry-run"]);
      validate(JSON.parse(out));
      expect([validate.errors ?? [], err]).toEqual([[], ""]);
      expect(JSON.parse(out)).toMatchObject({
        command: "init",
        exitCode: 0,
        results: {
          service: "pet-store",
          found: { packageManager: "npm", documents: [{ path: "openapi.yaml" }] },
          program: { file: "src/first.ts", isWritten: false },
        },
      });
    }));

  test.each([
    [["--output", "../out"], "is no folder of the project"],
    [["--service", "Pets!"], "is no name of a service"],
    [["git:main:api.yaml"], "init takes a file or a URL"],
    [["http://example.com/openapi.yaml"], "is a URL without TLS"],
    [["https://10.0.0.1/openapi.yaml"], "leads to an address that is not public"],
    [["nope.yaml"], "error[file-not-found]"],
  ])("refuses %j, and writes nothing", (args, message) =>
    inCase("typescript-modules", async (folder) => {
      const before = await texts(folder);
      const { code, err } = await init(folder, ["--yes", ...args]);
      expect([code, await texts(folder)]).toEqual([2, before]);
      expect(err).toContain(message);
    }),
  );

  test.each([
    ["src/first.ts", ["--program", "src/first.ts"]],
    ["src/generated/pet-store/client.ts", []],
  ])("overwrites nothing: %s", (file, args) =>
    inCase("typescript-modules", async (folder) => {
      await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
      await writeFile(path.join(folder, file), "mine\n");
      const before = await texts(folder);
      const { code, err } = await init(folder, ["--yes", ...args]);
      expect([code, await texts(folder)]).toEqual([2, before]);
      expect(await readFile(path.join(folder, file), "utf8")).toBe("mine\n");
      expect(err).toContain(`${file}: error[would-overwrite]`);
      expect(existsSync(path.join(folder, LOCK_FILE))).toBe(false);
    }),
  );

  test("keeps a copy of a published document, which drift and pull know", () =>
    inCase("typescript-modules", async (folder) => {
      const document = await readFile(path.join(folder, "openapi.yaml"), "utf8");
      await rm(path.join(folder, "openapi.yaml"));
      await withServer(document, async (origin) => {
        const { code, out } = await init(folder, ["--yes", `${origin}/v1/openapi`]);
        expect(code).toBe(0);
        expect(out.replace(/ +/g, " ")).toContain(
          ` specs/pet-store.yaml from ${origin}/v1/openapi\n`,
        );
        expect(await readFile(path.join(folder, "specs/pet-store.yaml"), "utf8")).toBe(document);
        const configuration = await readFile(path.join(folder, "driftline.yaml"), "utf8");
        expect(configuration).toContain(`url: "${origin}/v1/openapi"`);
        for (const command of ["check", "drift"])
          expect(await runHere(folder, [command], LIGHT)).toMatchObject({ code: 0 });
        const pulled = await runHere(folder, ["pull"], LIGHT);
        expect(pulled.err).toContain("specs/pet-store.yaml is what is published");
      });
    }));
});

/** A server that answers everything with one text. */
async function withServer(
  text: string,
  action: (origin: string) => Promise<void>,
  type = "application/yaml",
): Promise<void> {
  const server: Server = createServer((_request, response) => {
    response.writeHead(200, { "content-type": type }).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    await action(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

describe("the first program", { timeout: 120_000 }, () => {
  test.each([
    ["typescript-modules", "src/first.ts"],
    ["typescript-commonjs", "first.ts"],
    ["typescript-bundler", "src/first.ts"],
  ])("of %s compiles as the project says, and runs", (name, program) =>
    inCase(name, async (folder) => {
      const names = { names: ["Ada"] };
      await withServer(
        JSON.stringify(names),
        async (origin) => {
          for (const file of await readdir(folder, { recursive: true }))
            if (/\.ya?ml$/.test(file)) await replace(path.join(folder, file), origin);
          await symlink(repository("node_modules"), path.join(folder, "node_modules"));
          const { code } = await init(folder, ["--yes", "--program", program], realPipeline());
          expect(code).toBe(0);
          if (existsSync(path.join(folder, "tsconfig.json")))
            expect(await node(folder, [repository("node_modules/typescript/bin/tsc")])).toEqual({
              code: 0,
              text: "",
            });
          const run = await node(folder, ["--import", "tsx", program]);
          expect(run).toEqual({ code: 0, text: "{ names: [ 'Ada' ] }\n" });
        },
        "application/json",
      );
    }),
  );
});

async function replace(file: string, origin: string): Promise<void> {
  const text = await readFile(file, "utf8");
  await writeFile(file, text.replace("https://pets.example", origin));
}

function node(
  folder: string,
  args: readonly string[],
): Promise<{ readonly code: number | null; readonly text: string }> {
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { ...process.env, NO_COLOR: "1" },
  });
  let text = "";
  child.stdout.on("data", (data: Buffer) => (text += data.toString()));
  child.stderr.on("data", (data: Buffer) => (text += data.toString()));
  return new Promise((resolve) => {
    child.on("close", (code) => {
      resolve({ code, text });
    });
  });
}

describe("the questions of init", { timeout: 120_000 }, () => {
  const isMissing = spawnSync("which", ["tmux"]).status !== 0;
  if (isMissing) process.stderr.write("NOT TESTED: the questions of init, for there is no tmux.\n");

  /** Runs init on a terminal, and answers what it asks. */
  async function answering(
    folder: string,
    answers: readonly (readonly [question: string, ...keys: string[]])[],
  ): Promise<string> {
    const tmux = (...args: readonly string[]): string =>
      spawnSync("tmux", ["-S", `${folder}.tmux`, "-f", "/dev/null", ...args], { encoding: "utf8" })
        .stdout;
    const screen = async (expected: string): Promise<string> => {
      for (let tries = 0; tries < 300; tries += 1) {
        const text = tmux("capture-pane", "-p", "-S", "-");
        if (text.includes(expected)) return text;
        await setTimeout(100);
      }
      const text = tmux("capture-pane", "-p", "-S", "-");
      expect(text).toContain(expected);
      return text;
    };
    try {
      const program = `"${process.execPath}" "${repository("generator/bin.js")}" init`;
      tmux("new-session", "-d", "-x", "100", "-y", "40", "-c", folder, "env -u CI sh");
      tmux("send-keys", "-l", `${program}; echo en''ded with $?`);
      tmux("send-keys", "Enter");
      for (const [question, ...keys] of answers) {
        await screen(question);
        tmux("send-keys", ...keys);
      }
      return await screen("ended with");
    } finally {
      tmux("kill-server");
      await rm(`${folder}.tmux`, { force: true });
    }
  }

  test.skipIf(isMissing)("decide what is written", () =>
    inCase("several-documents", async (folder) => {
      await writeFile(path.join(folder, "package.json"), "{}\n");
      const screen = await answering(folder, [
        ["Which OpenAPI document?", "Down", "Enter"],
        ["Which folder gets the client?", "BSpace", "s", "Enter"],
        ["Add the scripts api:generate and api:check", "Right", "Enter"],
      ]);
      expect(screen).toContain("ended with 0");
      expect(await readFile(path.join(folder, "package.json"), "utf8")).toBe("{}\n");
      const configuration = await readFile(path.join(folder, "driftline.yaml"), "utf8");
      expect(configuration).toContain("input: docs/internal.yaml\n");
      expect(configuration).toContain("output: generates\n");
    }),
  );

  test.skipIf(isMissing)("take no answer as the usual one", () =>
    inCase("several-documents", async (folder) => {
      const screen = await answering(folder, [
        ["Which OpenAPI document?", "Enter"],
        ["Which folder gets the client?", "C-u", "Enter"],
      ]);
      expect(screen).toContain("Generating");
      expect(screen).toContain("ended with 0");
      const configuration = await readFile(path.join(folder, "driftline.yaml"), "utf8");
      expect(configuration).toContain("output: generated\n");
    }),
  );

  test.skipIf(isMissing)("leave nothing behind where the user has had enough", () =>
    inCase("several-documents", async (folder) => {
      const before = await texts(folder);
      const screen = await answering(folder, [
        ["Which OpenAPI document?", "Enter"],
        ["Which folder gets the client?", "C-c"],
      ]);
      expect(screen).toContain("Nothing was written.\n");
      expect(screen).toContain("ended with 2");
      expect(await texts(folder)).toEqual(before);
    }),
  );
});
