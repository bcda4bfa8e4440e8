import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { makeRepository } from "../support/git-repository.js";
import {
  body,
  startServer,
  status,
  validated,
  type ScriptedServer,
} from "../support/scripted-server.js";
import { inTemporaryFolder, runHere, runProgram, type Run } from "./support.js";

/* The commands that compare: where documents come from, what is written where, and how a run ends. */

const OLD = "openapi: 3.1.0\ninfo: { title: Pets, version: 1.0.0 }\npaths: { /a: {}, /b: {} }\n";
const MORE = OLD.replace("1.0.0", "1.1.0").replace("/b: {}", "/b: {}, /c: {}");
const LESS = OLD.replace("1.0.0", "2.0.0").replace(", /b: {}", "");

/** Runs with `old.yaml` and its successors in an empty folder, whose cache is its own. */
function inFolder(action: (folder: string) => Promise<void>): Promise<void> {
  return inTemporaryFolder(async (folder) => {
    await write(folder, { "old.yaml": OLD, "more.yaml": MORE, "less.yaml": LESS });
    await mkdir(path.join(folder, "node_modules"));
    await action(folder);
  });
}

async function write(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
}

function read(folder: string, name: string): Promise<string> {
  return readFile(path.join(folder, name), "utf8");
}

/** The results of a run with `--json`. */
function resultsOf({ out }: Run): Readonly<Record<string, unknown>> {
  return (JSON.parse(out) as { results: Record<string, unknown> }).results;
}

/** A document of operations by their ids, of which each has a path and a tag of its own. */
function documentWith(...ids: readonly string[]): string {
  const paths = ids.map(
    (id) =>
      `  /${id}: { get: { operationId: ${id}, tags: [${id}s], responses: { 204: { description: "" } } } }\n`,
  );
  return `openapi: 3.1.0\ninfo: { title: Pets, version: 1.0.0 }\npaths:\n${paths.join("")}`;
}

describe("an operation that is selected", () => {
  const inPair = (action: (folder: string) => Promise<void>): Promise<void> =>
    inFolder(async (folder) => {
      await write(folder, { "two.yaml": documentWith("a", "b"), "one.yaml": documentWith("a") });
      await action(folder);
    });

  test("is in one of them, or an error that is told once", { timeout: 60_000 }, () =>
    inPair(async (folder) => {
      const diff = (id: string): Promise<Run> =>
        runProgram(folder, [
          "diff",
          "two.yaml",
          "one.yaml",
          "--verdict",
          "wire",
          "--include",
          `operation:${id}`,
        ]);
      const gone = await diff("b");
      expect([gone.code, gone.err]).toEqual([1, ""]);
      expect(gone.out).toContain("operation-removed");
      const run = await diff("c");
      expect(run.code).toBe(2);
      expect(run.err.match(/unmatched-selection/g)).toHaveLength(1);
    }),
  );

  test("is missed by drift, too", { timeout: 60_000 }, () =>
    inPair(async (folder) => {
      await write(folder, {
        "driftline.yaml": `services:
  pets: { input: two.yaml, include: { operations: [b] }, upstream: { url: "https://pets.example/api.yaml" } }
output: generated
`,
      });
      const run = await runProgram(folder, [
        "drift",
        "pets",
        "--verdict",
        "wire",
        "--document",
        "one.yaml",
      ]);
      expect([run.code, run.err]).toEqual([1, ""]);
      expect(run.out).toContain("operation-removed");
    }),
  );
});

describe("driftline diff ends with", () => {
  test.each<[string, number, readonly string[]]>([
    ["0 where nothing changed", 0, ["old.yaml", "old.yaml"]],
    ["0 where what changed is safe", 0, ["old.yaml", "more.yaml"]],
    ["1 where anything counts", 1, ["old.yaml", "more.yaml", "--fail-on", "any"]],
    ["1 where something breaks", 1, ["old.yaml", "less.yaml"]],
    ["1 by the wire alone", 1, ["old.yaml", "less.yaml", "--verdict", "wire"]],
    ["2 where a document is missing", 2, ["old.yaml", "none.yaml"]],
    ["2 where a document is broken", 2, ["old.yaml", "driftline.lock"]],
    ["2 without two documents", 2, ["old.yaml"]],
    ["2 at a level that is none", 2, ["old.yaml", "more.yaml", "--fail-on", "safe"]],
    ["2 at a report that is none", 2, ["old.yaml", "more.yaml", "--report", "pdf"]],
    ["2 at a report to nowhere", 2, ["old.yaml", "more.yaml", "--report", "text="]],
    ["2 where a report has no folder", 2, ["old.yaml", "more.yaml", "--report", "text=no/x.md"]],
    ["2 where a report is a folder", 2, ["old.yaml", "more.yaml", "--report", "text=node_modules"]],
    ["2 without the acceptance file", 2, ["old.yaml", "less.yaml", "--accept", "none.yaml"]],
    ["2 with a configuration for nobody", 2, ["old.yaml", "more.yaml", "--config", "x.yaml"]],
    ["2 with a service of no configuration", 2, ["old.yaml", "more.yaml", "--service", "pets"]],
    ["2 at a reason without a file", 2, ["old.yaml", "less.yaml", "--because", "known"]],
    ["2 at an author without a reason", 2, ["old.yaml", "less.yaml", "--author", "me"]],
    ["2 at usages of no client", 2, ["old.yaml", "less.yaml", "--usages", "*.ts"]],
    ["2 at one version", 2, ["old.yaml", "more.yaml", "--check-version", "1.0.0"]],
    ["2 at what is no version", 2, ["old.yaml", "more.yaml", "--check-version", "1", "2"]],
    ["2 at a location that is none", 2, ["git:--output=x:y", "old.yaml"]],
    ["2 at a URL with a password", 2, ["https://user:SECRET@example.com/a.yaml", "old.yaml"]],
    ["2 at a private address", 2, ["https://10.0.0.1/a.yaml", "old.yaml"]],
    ["2 outside of any repository", 2, ["git:HEAD:old.yaml", "old.yaml"]],
    ["0 where the version rises enough", 0, ["old.yaml", "more.yaml", "--check-version"]],
    ["1 where it does not", 1, ["old.yaml", "more.yaml", "--check-version", "1.0.0", "1.0.0"]],
  ])("%s", (_name, code, args) =>
    inFolder(async (folder) => {
      await write(folder, { "driftline.lock": "{" });
      const run = await runHere(folder, ["diff", ...args]);
      expect([run.code, code === 2 ? run.err : ""]).toEqual([code, expect.anything()]);
      expect(run.out + run.err).not.toContain("SECRET");
      if (code === 2) expect(run.err).toMatch(/^[^\n]*error(?:\[|:)/);
    }),
  );
});

describe("driftline diff", () => {
  test("tells people, programs and files the same, several at once", () =>
    inFolder(async (folder) => {
      const run = await runHere(folder, [
        ...["diff", "old.yaml", "less.yaml", "--report", "text"],
        ...["--report", "json=drift.json", "--report", "markdown=drift.md"],
      ]);
      expect(run.code).toBe(1);
      expect(run.out).toContain("1 breaking");
      expect(await read(folder, "drift.md")).toContain("1 breaking");
      expect(JSON.parse(await read(folder, "drift.json"))).toMatchObject({
        reports: [{ name: "Pets", failed: true, counts: { breaking: 1 } }],
      });
      const json = await runHere(folder, ["diff", "old.yaml", "less.yaml", "--json"]);
      expect(resultsOf(json)).toMatchObject({ reports: [{ counts: { breaking: 1 } }] });
    }));

  test("with --json writes no other report to standard output", () =>
    inFolder(async (folder) => {
      const args = ["diff", "old.yaml", "less.yaml", "--json"];
      expect((await runHere(folder, [...args, "--report", "text"])).code).toBe(2);
      const run = await runHere(folder, [...args, "--report", "text=drift.txt"]);
      expect(run.code).toBe(1);
      expect(resultsOf(run)).toHaveProperty("reports");
      expect(await read(folder, "drift.txt")).toContain("1 breaking");
    }));

  test("leaves a report as it was where it cannot write all of it", () =>
    inFolder(async (folder) => {
      await mkdir(path.join(folder, `drift.md.${process.pid}.tmp`));
      await write(folder, { "drift.md": "before" });
      const args = ["diff", "old.yaml", "less.yaml", "--report", "markdown=drift.md"];
      const run = await runHere(folder, args);
      expect(run.code).toBe(2);
      expect(run.err).toContain("drift.md: error[write-failed]");
      expect(await read(folder, "drift.md")).toBe("before");
    }));

  test("gives a step of GitHub Actions its summary and outputs", () =>
    inFolder(async (folder) => {
      await write(folder, { summary: "before\n", outputs: "a=b\n" });
      const run = await withEnvironment(
        {
          GITHUB_STEP_SUMMARY: path.join(folder, "summary"),
          GITHUB_OUTPUT: path.join(folder, "outputs"),
        },
        () => runHere(folder, ["diff", "old.yaml", "less.yaml", "--report", "github"]),
      );
      expect(run.out).toContain("::error ");
      expect(await read(folder, "summary")).toMatch(/^before\n[^]*1 breaking/);
      expect(await read(folder, "outputs")).toMatch(/^a=b\n[^]*breaking<<[^]*\n1\n/);
    }));

  test("reads documents of commits", () =>
    inFolder(async (folder) => {
      await makeRepository(folder, { "api.yaml": OLD });
      await write(folder, { "api.yaml": LESS });
      const run = await runHere(folder, ["diff", "git:main:api.yaml", "api.yaml"]);
      expect(run.code).toBe(1);
      expect(run.out).toContain("git:main:api.yaml");
      expect((await runHere(folder, ["diff", "git:HEAD:../api.yaml", "api.yaml"])).code).toBe(2);
    }));

  test("accepts what is known, and writes down what becomes known", () =>
    inFolder(async (folder) => {
      const args = ["diff", "old.yaml", "less.yaml", "--accept", "known.yaml"];
      const reason = ["--because", "Nobody used it", "--author", "Ann", "--expires", "2999-12-31"];
      expect((await runHere(folder, [...args, ...reason])).code).toBe(0);
      expect(await read(folder, "known.yaml")).toMatch(/reason: Nobody used it[^]*author: Ann/);
      const known = await runHere(folder, args);
      expect(known.code).toBe(0);
      expect(known.out).toContain("1 accepted");
      expect((await runHere(folder, [...args, "--because", "x", "--expires", "soon"])).code).toBe(
        2,
      );
    }));

  test("lists texts with --docs only", () =>
    inFolder(async (folder) => {
      const texts = async (...more: readonly string[]): Promise<unknown> => {
        const run = await runHere(folder, ["diff", "old.yaml", "old.yaml", "--json", ...more]);
        return (resultsOf(run)["reports"] as readonly { texts: unknown[] }[])[0]?.texts;
      };
      expect(await texts()).toEqual([]);
      expect(await texts("--docs")).toHaveLength(1);
    }));

  test("applies what a service says to both documents", () =>
    inFolder(async (folder) => {
      await write(folder, {
        "driftline.yaml":
          "services:\n  pets: { input: old.yaml, overlays: [less.overlay.yaml] }\noutput: generated\n",
        "less.overlay.yaml":
          "overlay: 1.0.0\ninfo: { title: T, version: '1' }\nactions:\n  - { target: \"$.paths['/b']\", remove: true }\n",
      });
      expect((await runHere(folder, ["diff", "old.yaml", "more.yaml"])).out).toContain("1 safe");
      const run = await runHere(folder, ["diff", "old.yaml", "more.yaml", "--service", "pets"]);
      expect(run.err).toBe("");
      expect(run.out).toMatch(/^pets/);
      const named = ["diff", "old.yaml", "less.yaml", "--service", "pets"];
      expect((await runHere(folder, [...named, "--name", "X"])).code).toBe(2);
      expect((await runHere(folder, [...named, "--config", "none.yaml"])).code).toBe(2);
    }));
});

const CONFIGURATION = (url: string, more = ""): string =>
  `services:\n  pets: { input: api.yaml, upstream: { url: "${url}"${more} } }\noutput: generated\n`;

describe("what is published", () => {
  let server: ScriptedServer;
  beforeEach(async () => {
    server = await startServer();
  });
  afterEach(() => {
    server.close();
  });

  /** A service whose document is published at `/api.yaml`. */
  const inService = (action: (folder: string) => Promise<void>, more = ""): Promise<void> =>
    inFolder(async (folder) => {
      await write(folder, {
        "api.yaml": OLD,
        "driftline.yaml": CONFIGURATION(`${server.origin}/api.yaml`, more),
      });
      await action(folder);
    });

  test.each<[string, string, readonly string[], number]>([
    ["is the same", OLD, [], 0],
    ["has more", MORE, [], 0],
    ["has more, which counts", MORE, ["--fail-on", "any"], 1],
    ["has less", LESS, [], 1],
    ["is no document", "<html>", [], 2],
  ])("%s", (_name, text, args, code) =>
    inService(async (folder) => {
      server.answers.set("/api.yaml", [body(text)]);
      expect((await runHere(folder, ["drift", ...args])).code).toBe(code);
    }),
  );

  test.each([
    ["is gone", 404],
    ["is behind a server that fails", 500],
    ["is behind a busy server", 429],
  ])("%s, so that nothing is known", (_name, code) =>
    inService(async (folder) => {
      server.answers.set("/api.yaml", [status(code)]);
      const run = await runHere(folder, ["drift"]);
      expect(run.code).toBe(3);
      expect(run.out).toBe("");
      expect(run.err).toContain(`error[fetch-failed]: The URL is answered with status ${code}.`);
      expect(run.err).toContain("pets: what is published could not be fetched");
      expect(run.err).not.toContain("SECRET");
    }),
  );

  test("is asked for changes, and is there offline", () =>
    inService(async (folder) => {
      expect((await runHere(folder, ["drift", "--offline"])).code).toBe(3);
      expect(server.requests).toEqual([]);
      server.answers.set("/api.yaml", [validated(LESS, '"1"')]);
      for (const more of [[], [], ["--offline"]])
        expect((await runHere(folder, ["drift", ...more])).code).toBe(1);
      expect(server.requests.map(({ headers }) => headers["if-none-match"])).toEqual([
        undefined,
        '"1"',
      ]);
      expect(existsSync(path.join(folder, "node_modules/.cache/driftline"))).toBe(true);
      server.answers.set("/api.yaml", [status(404)]);
      expect((await runHere(folder, ["drift"])).code).toBe(3);
    }));

  test("of one service does not hide that of another", () =>
    inService(async (folder) => {
      await write(folder, {
        "driftline.yaml": `services:
  far: { input: api.yaml, upstream: { url: "${server.origin}/none" } }
  pets: { input: api.yaml, upstream: { url: "${server.origin}/api.yaml" } }
  own: { input: api.yaml }
output: generated
`,
      });
      server.answers.set("/api.yaml", [body(LESS)]);
      const run = await runHere(folder, ["drift", "--json"]);
      expect(run.code).toBe(1);
      expect(resultsOf(run)).toMatchObject({
        services: [
          { service: "far", outcome: "not-fetched" },
          { service: "pets", outcome: "compared", sinceLastPull: "never-pulled" },
        ],
        reports: [{ name: "pets" }],
      });
      expect((await runHere(folder, ["drift", "far"])).code).toBe(3);
      expect((await runHere(folder, ["drift", "own"])).code).toBe(2);
      server.answers.set("/api.yaml", [body("[")]);
      expect((await runHere(folder, ["drift"])).code).toBe(2);
    }));

  test("is asked of an installed server, or is a file", () =>
    inService(async (folder) => {
      server.answers.set("/prefix/docs/api.yaml", [body(LESS)]);
      const ask = (...args: readonly string[]): Promise<Run> =>
        runHere(folder, ["drift", "pets", ...args]);
      expect((await ask("--server", `${server.origin}/prefix/`)).code).toBe(1);
      expect((await ask("--server", server.origin)).code).toBe(3);
      expect((await ask("--server", `${server.origin}/?a=b`)).code).toBe(2);
      expect((await ask("--server", "https://10.0.0.1")).code).toBe(2);
      expect((await ask("--server", "nowhere")).code).toBe(2);
      expect((await ask("--document", "less.yaml")).code).toBe(1);
      expect((await ask("--document", "less.yaml", "--server", server.origin)).code).toBe(2);
    }, ", server: /docs/api.yaml"));

  test("is accepted where it is known", () =>
    inService(async (folder) => {
      server.answers.set("/api.yaml", [body(LESS)]);
      expect((await runHere(folder, ["drift"])).code).toBe(2);
      expect((await runHere(folder, ["drift", "--because", "We know better"])).code).toBe(0);
      expect((await runHere(folder, ["drift"])).code).toBe(0);
      expect(await read(folder, "known.yaml")).toContain("We know better");
    }, ", accept: known.yaml"));

  test("has overlays of its own, where it needs others", () =>
    inService(async (folder) => {
      await write(folder, {
        "more.overlay.yaml":
          "overlay: 1.0.0\ninfo: { title: T, version: '1' }\nactions:\n  - { target: $.paths, update: { /b: {} } }\n",
      });
      server.answers.set("/api.yaml", [body(LESS)]);
      expect((await runHere(folder, ["drift"])).code).toBe(0);
    }, ", overlays: [more.overlay.yaml]"));

  describe("is pulled", () => {
    const lockOf = async (folder: string): Promise<unknown> =>
      (JSON.parse(await read(folder, "driftline.lock")) as { services: unknown }).services;

    test("in place of the pinned document, again and again", () =>
      inService(async (folder) => {
        server.answers.set("/api.yaml", [validated(OLD, '"1"')]);
        expect((await runHere(folder, ["pull"])).err).toContain("api.yaml is what is published");
        expect(await lockOf(folder)).toMatchObject({
          pets: { upstream: { url: `${server.origin}/api.yaml`, version: "1.0.0", etag: '"1"' } },
        });
        expect((await runHere(folder, ["drift"])).err).toContain("is what was pulled last");
        server.answers.set("/api.yaml", [validated(LESS, '"2"')]);
        expect((await runHere(folder, ["drift"])).err).toContain(
          'changed since it was pulled last, from version "1.0.0" to version "2.0.0"',
        );
        const run = await runHere(folder, ["pull"]);
        expect(run.code).toBe(0);
        expect(run.out).toContain("1 breaking");
        expect(run.err).toContain("api.yaml is replaced");
        expect(await read(folder, "api.yaml")).toBe(LESS);
        expect(await lockOf(folder)).toMatchObject({ pets: { upstream: { version: "2.0.0" } } });
        expect((await runHere(folder, ["drift"])).code).toBe(0);
      }));

    test("for the first time where there is no document yet", () =>
      inService(async (folder) => {
        await write(folder, {
          "driftline.yaml": CONFIGURATION(`${server.origin}/api.yaml`).replace(
            "api.yaml,",
            "new.yaml,",
          ),
        });
        server.answers.set("/api.yaml", [body(OLD)]);
        const run = await runHere(folder, ["pull"]);
        expect([run.code, run.out]).toEqual([0, ""]);
        expect(run.err).toContain("new.yaml is written for the first time");
        expect(await read(folder, "new.yaml")).toBe(OLD);
      }));

    test("not over edits, unless they may be lost", () =>
      inService(async (folder) => {
        server.answers.set("/api.yaml", [body(OLD), body(OLD), body(LESS)]);
        await runHere(folder, ["pull"]);
        await write(folder, { "api.yaml": `${OLD}# mine\n` });
        const lock = await read(folder, "driftline.lock");
        for (let count = 0; count < 2; count += 1) {
          const run = await runHere(folder, ["pull"]);
          expect(run.code).toBe(2);
          expect(run.err).toContain("error[pull-refused]: This document was edited");
        }
        expect(await read(folder, "api.yaml")).toBe(`${OLD}# mine\n`);
        expect(await read(folder, "driftline.lock")).toBe(lock);
        expect((await runHere(folder, ["pull", "--force"])).code).toBe(0);
        expect(await read(folder, "api.yaml")).toBe(LESS);
      }));

    test("over a document that cannot be read, if that may be lost", () =>
      inService(async (folder) => {
        server.answers.set("/api.yaml", [body(LESS)]);
        await write(folder, { "api.yaml": "<<<<<<< mine\n" });
        expect((await runHere(folder, ["pull"])).code).toBe(2);
        expect(await read(folder, "api.yaml")).toBe("<<<<<<< mine\n");
        const run = await runHere(folder, ["pull", "--force"]);
        expect([run.code, run.out]).toEqual([0, ""]);
        expect(run.err).toContain("What it was cannot be read, so that nobody knows what changed.");
        expect(await read(folder, "api.yaml")).toBe(LESS);
      }));

    test("not by one that cannot be read, whatever may be lost", () =>
      inService(async (folder) => {
        server.answers.set("/api.yaml", [body("[")]);
        for (const text of [OLD, "<<<<<<< mine\n"]) {
          await write(folder, { "api.yaml": text });
          expect((await runHere(folder, ["pull", "--force"])).code).toBe(2);
          expect(await read(folder, "api.yaml")).toBe(text);
        }
      }));

    test("never over a document of one's own", () =>
      inService(async (folder) => {
        server.answers.set("/api.yaml", [body(LESS)]);
        const run = await runHere(folder, ["pull"]);
        expect(run.code).toBe(0);
        expect(run.err).toContain("maintained by hand and stays as it is");
        expect(await read(folder, "api.yaml")).toBe(OLD);
        expect(await lockOf(folder)).toMatchObject({ pets: { upstream: { version: "2.0.0" } } });
      }, ", maintained: true"));

    test("not where it has several files", () =>
      inService(async (folder) => {
        server.answers.set("/api.yaml", [
          body(`${OLD}components: { schemas: { A: { $ref: "a.yaml" } } }\n`),
        ]);
        server.answers.set("/a.yaml", [body("type: string\n")]);
        const run = await runHere(folder, ["pull"]);
        expect(run.code).toBe(2);
        expect(run.err).toContain("The published document has 2 files");
      }));

    test.each([
      ["what is broken", "[", 2],
      ["an error page", "<html></html>", 2],
      ["nothing", undefined, 3],
    ])("not where there is %s", (_name, text, code) =>
      inService(async (folder) => {
        if (text !== undefined) server.answers.set("/api.yaml", [body(text)]);
        expect((await runHere(folder, ["pull"])).code).toBe(code);
        expect(await read(folder, "api.yaml")).toBe(OLD);
        expect(await readdir(folder)).not.toContain("driftline.lock");
      }),
    );

    test("not where it cannot be written: nothing changes then", () =>
      inService(async (folder) => {
        server.answers.set("/api.yaml", [body(OLD), body(LESS)]);
        await runHere(folder, ["pull"]);
        const lock = await read(folder, "driftline.lock");
        await mkdir(path.join(folder, `driftline.lock.${process.pid}.tmp`));
        const run = await runHere(folder, ["pull"]);
        expect(run.code).toBe(2);
        expect(run.err).toContain("error[write-failed]");
        expect(await read(folder, "api.yaml")).toBe(OLD);
        expect(await read(folder, "driftline.lock")).toBe(lock);
        expect(await readdir(folder)).not.toContain(`api.yaml.${process.pid}.tmp`);
      }));
  });
});

async function withEnvironment<T>(
  variables: Readonly<Record<string, string>>,
  action: () => Promise<T>,
): Promise<T> {
  const before = { ...process.env };
  Object.assign(process.env, variables);
  try {
    return await action();
  } finally {
    for (const name of Object.keys(variables)) {
      if (before[name] === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = before[name];
    }
  }
}
