import { execFile, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { main } from "../../generator/cli.js";
import { inTemporaryFolder } from "../cli/support.js";
import { repository } from "../support/repository.js";

/* The action and the workflows: what they name has to be there, and what is untrusted stays out of their commands. */

interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly run?: string;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly "timeout-minutes"?: number;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

interface Action {
  readonly inputs: Readonly<Record<string, { description: string; default: string }>>;
  readonly outputs: Readonly<Record<string, { description: string; value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

const read = (name: string): string => readFileSync(repository(name), "utf8");
const ACTION = parse(read("action.yml")) as Action;
const WORKFLOWS = readdirSync(repository(".github/workflows")).map((name) => {
  const workflow = parse(read(`.github/workflows/${name}`)) as Workflow;
  return { name, workflow };
});
const JOBS = WORKFLOWS.flatMap(({ name, workflow }) =>
  Object.entries(workflow.jobs).map(([id, job]) => ({ name: `${name} ${id}`, workflow, job })),
);
const SCRIPTS = readdirSync(repository(".github/action")).map((name) => ({
  name,
  text: read(`.github/action/${name}`),
}));
// As in gh, jq filters what GitHub answers; runners have it.
const HAS_JQ = spawnSync("jq", ["--version"]).status === 0;
const COMPARE = read(".github/action/compare.sh");

describe("the action", () => {
  test("uses each input, and no other", () => {
    const used = JSON.stringify(ACTION.runs).match(/inputs\.[a-z-]+/g) ?? [];
    expect([...new Set(used)].sort()).toEqual(
      Object.keys(ACTION.inputs)
        .map((name) => `inputs.${name}`)
        .sort(),
    );
  });

  test.each(Object.entries(ACTION.outputs))("gives the output %s", (name, { value }) => {
    expect(value).toBe(`\${{ steps.compare.outputs.${name} }}`);
  });

  test("hands to its scripts all that they read, and nothing else", () => {
    for (const { run = "", env = {} } of ACTION.runs.steps) {
      const script = SCRIPTS.find(({ name }) => run.includes(`/${name}"`));
      const text = script?.text ?? run;
      const names = Object.keys(env).filter((name) => name !== "GH_TOKEN");
      expect(names.filter((name) => !text.includes(`$${name}`))).toEqual([]);
      const inputs = text.match(/\$INPUT_[A-Z_]+/g) ?? [];
      expect(inputs.filter((name) => !names.includes(name.slice(1)))).toEqual([]);
    }
  });

  test.each([...new Set(COMPARE.match(/--[a-z][a-z-]+/g))])("%s is an option", async (flag) => {
    for (const command of ["diff", "drift"]) {
      if (command === "drift" && ["--service", "--accept"].includes(flag)) continue;
      expect(await helpOf(command)).toContain(`${flag} `);
    }
  });
});

describe.each(JOBS)("$name", ({ workflow, job }) => {
  test("may do no more than it has to", () => {
    expect(workflow.permissions).toEqual({ contents: "read" });
    const more = Object.entries(job.permissions ?? {}).filter(([, level]) => level === "write");
    expect(more.map(([name]) => name)).toEqual(
      job.permissions === undefined
        ? []
        : [expect.stringMatching(/^(?:issues|pull-requests|id-token|contents)$/)],
    );
    expect(job["timeout-minutes"]).toBeLessThanOrEqual(60);
  });

  test("uses actions of a commit, and the own one with inputs that it has", () => {
    for (const { uses, with: inputs = {} } of job.steps) {
      if (uses === "./")
        expect(Object.keys(inputs).filter((key) => !(key in ACTION.inputs))).toEqual([]);
      else if (uses !== undefined) expect(uses).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
    }
  });
});

describe("what is untrusted", () => {
  const steps = [...JOBS.flatMap(({ job }) => job.steps), ...ACTION.runs.steps];

  test("is no part of any command", () => {
    expect(steps.filter(({ run }) => run?.includes("${{") === true)).toEqual([]);
  });

  test.each(SCRIPTS)("is in quotes in $name", ({ text }) => {
    expect(text).toMatch(/^#!\/usr\/bin\/env bash\n#.*\n(?:#.*\n)*set -euo pipefail\n/);
    expect(text).not.toMatch(/\beval\b|\bsource\b/);
    // A variable outside of quotes would be split into words, and matched with files.
    const bare = text
      .split("\n")
      .filter((line) => !line.startsWith("#"))
      .map((line) => line.replace(/"\$\(.*\)"|"[^"]*"|'[^']*'|<<< .*|case .* in|\w+="?\$\(/g, ""))
      .filter((line) => /\$\{?[A-Za-z]/.test(line));
    expect(bare).toEqual([]);
  });
});

describe("compare.sh", () => {
  const OLD = "openapi: 3.1.0\ninfo: { title: Pets, version: 1.0.0 }\npaths: {}\n";

  test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    [
      "diff",
      { INPUT_OLD: "a.yaml", INPUT_NEW: "--version", INPUT_SERVICE: "pets", INPUT_ACCEPT: "x y" },
      ["--service=pets", "--accept=x y", "--", "a.yaml", "--version"],
    ],
    ["drift", { INPUT_SERVICES: "pets  $(id)\n*" }, ["--", "pets", "$(id)", "*"]],
    [
      "drift",
      { INPUT_CONFIG: "c d.yaml", INPUT_REPORTS: "json=a b\n\nhtml=c" },
      ["--config=c d.yaml", "--report=json=a b", "--report=html=c", "--"],
    ],
  ])("%s with %j", (command, inputs, expected) =>
    inTemporaryFolder(async (folder) => {
      const { output, given } = await runScript(folder, { INPUT_COMMAND: command, ...inputs }, 1);
      expect(given.slice(0, 2)).toEqual([command, "--fail-on=breaking"]);
      expect(given.slice(-expected.length)).toEqual(expected);
      expect(output).toMatch(/^exit-code=1\nreport=.*report\.md\n$/);
    }),
  );

  test("tells what could not be fetched apart", () =>
    inTemporaryFolder(async (folder) => {
      const { output, out } = await runScript(folder, { INPUT_COMMAND: "drift" }, 3);
      expect(output).toContain("exit-code=3\n");
      expect(out).toContain("::warning title=Driftline::Something could not be fetched");
    }));

  test("knows two commands", () =>
    inTemporaryFolder(async (folder) => {
      const { output, given } = await runScript(folder, { INPUT_COMMAND: "pull; id" }, 0);
      expect(output).toBe("exit-code=2\n");
      expect(given).toEqual([]);
    }));

  test("runs driftline itself", { timeout: 60_000 }, () =>
    inTemporaryFolder(async (folder) => {
      await writeFile(path.join(folder, "a.yaml"), OLD);
      const inputs = { INPUT_COMMAND: "diff", INPUT_OLD: "a.yaml", INPUT_NEW: "a.yaml" };
      expect((await runScript(folder, inputs)).output).toMatch(/^breaking<<[^]*^exit-code=0$/m);
      await writeFile(path.join(folder, "a.yaml"), "[");
      expect((await runScript(folder, inputs)).output).toContain("exit-code=2\n");
    }),
  );
});

test.runIf(!HAS_JQ)("what the action takes for its own needs jq", ({ skip }) => {
  skip("there is no jq: nobody looked at comment.sh and issue.sh");
});

/** What GitHub answers when it is asked for issues or comments: who has written them, and what. */
type Nodes = readonly {
  readonly number?: number;
  readonly databaseId?: number;
  readonly body: string;
  readonly viewerDidAuthor: boolean;
}[];

const ISSUE_MARK = "<!-- driftline issue -->";

describe.runIf(HAS_JQ)("issue.sh", () => {
  const own = { number: 7, body: `${ISSUE_MARK}\nold`, viewerDidAuthor: true };
  const others: Nodes = [
    { number: 8, body: "Plan for the v2 drift", viewerDidAuthor: true },
    { number: 9, body: `${ISSUE_MARK}\ncopied`, viewerDidAuthor: false },
    { number: 10, body: `See ${ISSUE_MARK}`, viewerDidAuthor: true },
  ];
  const created = ["label create drift", "issue create --label drift"];

  test.each<[string, number, Nodes, readonly string[]]>([
    ["opens one", 1, [], created],
    ["opens one beside those of others", 1, others, created],
    ["changes the one that is open", 1, [...others, own], ["issue edit 7"]],
    ["changes one of several", 1, [own, { ...own, number: 6 }], ["issue edit 7"]],
    ["closes it", 0, [...others, own], ["issue close 7"]],
    ["leaves those of others where there is no drift", 0, others, []],
  ])("%s", (_name, code, nodes, calls) =>
    inTemporaryFolder(async (folder) => {
      const { asked, body } = await runWithGitHub(folder, "issue.sh", nodes, {
        LABEL: "drift",
        EXIT_CODE: String(code),
      });
      expect(asked[0]).toContain("owner=o --raw-field repository=r --raw-field label=drift ");
      expect(asked.slice(1).map((call) => calls.find((known) => call.startsWith(known)))).toEqual(
        calls,
      );
      expect(body).toBe(code === 1 ? `${ISSUE_MARK}\nreport` : "");
    }),
  );

  test.each([2, 3, 70])("leaves everything where nothing is known: %i", (code) =>
    inTemporaryFolder(async (folder) => {
      const inputs = { LABEL: "drift", EXIT_CODE: String(code) };
      expect((await runWithGitHub(folder, "issue.sh", [own], inputs)).asked).toEqual([]);
    }),
  );
});

describe.runIf(HAS_JQ)("comment.sh", () => {
  const SUBJECT = "pets --> $(id)";
  const mark = `<!-- driftline ${createHash("sha256").update(SUBJECT).digest("hex").slice(0, 16)} -->`;
  const own = { databaseId: 9, body: `${mark}\nold`, viewerDidAuthor: true };
  const others: Nodes = [
    { databaseId: 5, body: `${mark}\ncopied`, viewerDidAuthor: false },
    { databaseId: 6, body: "<!-- driftline 0000000000000000 -->\nold", viewerDidAuthor: true },
    { databaseId: 7, body: `> ${mark}`, viewerDidAuthor: true },
  ];
  const MISSING = { EXIT_CODE: "3", REPORT: "no-such-report.md" };
  const POST = "--method POST repos/o/r/issues/5/comments";
  const PATCH = "--method PATCH repos/o/r/issues/comments/9";

  test.each<[string, Nodes, Readonly<Record<string, string>>, readonly string[]]>([
    ["writes one", [], {}, [POST]],
    ["writes one beside those of others", others, {}, [POST]],
    ["changes its own, whoever it writes as", [...others, own], {}, [PATCH]],
    ["says in its own that nothing was compared", [own], MISSING, [PATCH]],
    ["writes none that says nothing", others, MISSING, []],
  ])("%s", (_name, nodes, inputs, calls) =>
    inTemporaryFolder(async (folder) => {
      const { asked } = await runWithGitHub(folder, "comment.sh", nodes, {
        PULL_REQUEST: "5",
        SUBJECT,
        EXIT_CODE: "1",
        ...inputs,
      });
      expect(asked[0]).toContain("owner=o --raw-field repository=r --field number=5 ");
      expect(asked.slice(1).map((call) => calls.find((known) => call.includes(known)))).toEqual(
        calls,
      );
    }),
  );
});

const helps = new Map<string, Promise<string>>();

function helpOf(command: string): Promise<string> {
  const known = helps.get(command) ?? askHelp(command);
  helps.set(command, known);
  return known;
}

async function askHelp(command: string): Promise<string> {
  let out = "";
  await main([command, "--help"], {
    out: (text) => void (out += text),
    err: () => undefined,
    color: false,
  });
  return out.replaceAll("[", " ").replaceAll("<", " ");
}

interface ScriptRun {
  readonly out: string;
  /** What the script wrote to GITHUB_OUTPUT. */
  readonly output: string;
  /** The arguments that driftline got, where it is a stand-in. */
  readonly given: readonly string[];
}

/** Runs `compare.sh`; with an exit code, a stand-in for driftline ends with that. */
async function runScript(
  folder: string,
  inputs: Readonly<Record<string, string>>,
  code?: number,
): Promise<ScriptRun> {
  const action = code === undefined ? repository("") : path.join(folder, "action");
  if (code !== undefined) {
    await mkdir(path.join(action, "generator"), { recursive: true });
    await writeFile(
      path.join(action, "generator/bin.js"),
      `const fs = require("node:fs");
const given = process.argv.slice(2);
fs.writeFileSync("given.json", JSON.stringify(given));
const report = given.find((text) => text.startsWith("--report=markdown="));
fs.writeFileSync(report.slice("--report=markdown=".length), "report");
process.exit(${code});
`,
    );
  }
  await writeFile(path.join(folder, "output"), "");
  const out = await bash(folder, "compare.sh", {
    INPUT_OLD: "",
    INPUT_NEW: "",
    INPUT_SERVICE: "",
    INPUT_SERVICES: "",
    INPUT_CONFIG: "",
    INPUT_ACCEPT: "",
    INPUT_FAIL_ON: "breaking",
    INPUT_VERDICT: "wire",
    INPUT_REPORTS: "",
    GITHUB_ACTION_PATH: action,
    GITHUB_OUTPUT: path.join(folder, "output"),
    RUNNER_TEMP: folder,
    ...inputs,
  });
  const given = await readFile(path.join(folder, "given.json"), "utf8").catch(() => "[]");
  return {
    out,
    output: await readFile(path.join(folder, "output"), "utf8"),
    given: JSON.parse(given) as string[],
  };
}

interface GitHubRun {
  /** The arguments of each call of `gh`. */
  readonly asked: readonly string[];
  /** The last text that an issue got. */
  readonly body: string;
}

/** Runs a script with a stand-in for `gh`, which answers questions with one page and lets jq filter that, as `gh` does. */
async function runWithGitHub(
  folder: string,
  script: string,
  nodes: Nodes,
  inputs: Readonly<Record<string, string>>,
): Promise<GitHubRun> {
  const stand = path.join(folder, "gh");
  await writeFile(stand, STAND_IN);
  await chmod(stand, 0o755);
  const page = { nodes, pageInfo: { hasNextPage: false, endCursor: null } };
  const repository = { issues: page, pullRequest: { comments: page } };
  await writeFile(path.join(folder, "answer.json"), JSON.stringify({ data: { repository } }));
  await writeFile(path.join(folder, "report.md"), "report");
  for (const name of ["calls", "body"]) await writeFile(path.join(folder, name), "");
  await bash(folder, script, {
    PATH: `${folder}:${process.env["PATH"] ?? ""}`,
    GITHUB_REPOSITORY: "o/r",
    REPORT: path.join(folder, "report.md"),
    ...inputs,
  });
  const calls = await readFile(path.join(folder, "calls"), "utf8");
  return {
    asked: calls.split("\n").filter((call) => call !== ""),
    body: await readFile(path.join(folder, "body"), "utf8"),
  };
}

const STAND_IN = `#!/usr/bin/env bash
printf '%s ' "$@" >> calls
echo >> calls
while [ "$#" -gt 0 ]; do
  case "$1" in
    --jq) jq --raw-output "$2" answer.json ;;
    --body-file) cat "$2" > body ;;
  esac
  shift
done
`;

function bash(
  folder: string,
  script: string,
  env: Readonly<Record<string, string>>,
): Promise<string> {
  const file = repository(`.github/action/${script}`);
  return new Promise((resolve, reject) => {
    execFile(
      "bash",
      [file],
      { cwd: folder, env: { ...process.env, ...env } },
      (error, out, err) => {
        if (error === null) resolve(out);
        else reject(new Error(`${out}${err}`));
      },
    );
  });
}
