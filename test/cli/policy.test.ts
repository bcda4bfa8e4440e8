import { readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { realPipeline } from "../support/pipeline.js";
import { inTemporaryFolder, runHere, type Run } from "./support.js";

/** Two warnings: an integer that loses digits, and a method in capitals. */
const API = `openapi: "3.1.0"
info: { title: Pets, version: "1" }
paths:
  /pets:
    get: { operationId: listPets, tags: [pets], responses: { "204": { description: Done. } } }
    POST: { responses: { "204": { description: Done. } } }
components: { schemas: { Id: { type: integer, maximum: 9007199254740993 } } }
`;
const EXPLAIN = '"driftline explain CODE" tells more about each kind.\n';

/** Runs a command beside two documents; the configuration is that of one service or more. */
async function run(
  configuration: string,
  args: readonly string[],
): Promise<Run & { readonly files: readonly string[] }> {
  return inTemporaryFolder(async (folder) => {
    await writeFile(path.join(folder, "api.yaml"), API);
    await writeFile(path.join(folder, "other.yaml"), API.replace("Pets", "Owners"));
    if (configuration !== "")
      await writeFile(path.join(folder, "driftline.yaml"), `${configuration}\noutput: generated\n`);
    const result = await runHere(folder, args, realPipeline());
    const files = (await readdir(folder)).filter((file) => !file.endsWith(".yaml"));
    return { ...result, files };
  });
}

const METHOD = `api.yaml:6:5: LABEL[unknown-method]MARK: "POST" is neither a method nor another field of a path item; it is left out of the client.
  4 |   /pets:
  5 |     get: { operationId: listPets, tags: [pets], responses: { "204": { description: Done. } } }
> 6 |     POST: { responses: { "204": { description: Done. } } }
    |     ^
  7 | components: { schemas: { Id: { type: integer, maximum: 9007199254740993 } } }
hint: Write post, in lower case, if that is meant.
`;
const INTEGER = `api.yaml:7:56: LABEL[unsafe-integer]MARK: The integer "9007199254740993" is beyond 2^53 and is read as 9007199254740992.
  5 |     get: { operationId: listPets, tags: [pets], responses: { "204": { description: Done. } } }
  6 |     POST: { responses: { "204": { description: Done. } } }
> 7 | components: { schemas: { Id: { type: integer, maximum: 9007199254740993 } } }
    |                                                        ^
  8 |
hint: Write a number that a double holds exactly, or nothing: a limit beyond 2^53 has no effect in JavaScript.
`;

function as(text: string, label: string, mark = ""): string {
  return text.replace("LABEL", label).replace("MARK", mark);
}

describe("warnings", () => {
  test("do not stop generation", async () => {
    const result = await run("services: { pets: { input: api.yaml } }", ["generate"]);
    expect(result.err).toBe(
      `${as(METHOD, "warning")}\n${as(INTEGER, "warning")}\n2 warnings\n${EXPLAIN}`,
    );
    expect(result).toMatchObject({ code: 0, files: ["driftline.lock", "generated"] });
  });

  test.each([
    ["services: { pets: { input: api.yaml } }", ["generate", "--strict"]],
    ["strict: true\nservices: { pets: { input: api.yaml } }", ["generate"]],
    ["services: { pets: { input: api.yaml, strict: true } }", ["generate"]],
    ["services: { pets: { input: api.yaml, strict: false } }", ["generate", "--strict"]],
    ["", ["generate", "--input", "api.yaml", "--output", "generated", "--strict"]],
  ])("are errors with %j and %j", async (configuration, args) => {
    const result = await run(configuration, args);
    expect(result.err).toBe(
      `${as(METHOD, "error", " (strict)")}\n${as(INTEGER, "error", " (strict)")}\n2 errors (all of them warnings that strict makes errors)\n${EXPLAIN}`,
    );
    expect(result).toMatchObject({ code: 2, out: "", files: [] });
  });

  test("are errors of that service alone that says so; nothing is written of the others", async () => {
    const result = await run(
      "strict: true\nservices:\n  pets: { input: api.yaml }\n  owners: { input: other.yaml, strict: false }",
      ["generate"],
    );
    expect(result.err).toMatch(/^other\.yaml:6:5: warning\[unknown-method\]: /m);
    expect(result.err).toMatch(/^api\.yaml:6:5: error\[unknown-method\] \(strict\): /m);
    expect(result.err).toContain(
      "\n2 errors (all of them warnings that strict makes errors), 2 warnings\n",
    );
    expect(result).toMatchObject({ code: 2, out: "", files: [] });
  });
});

describe("allowed warnings", () => {
  test.each([
    [
      "strict: true\nservices: { pets: { input: api.yaml, allow: [unknown-method, unsafe-integer] } }",
      ["generate"],
      ["driftline.lock", "generated"],
    ],
    [
      "",
      [
        ..."generate --input api.yaml --output generated --strict".split(" "),
        ..."--allow unknown-method unsafe-integer".split(" "),
      ],
      ["generated"],
    ],
  ])("are not told and do not count: %j %j", async (configuration, args, files) => {
    const result = await run(configuration, args);
    expect(result.err).toBe(`2 warnings allowed\n${EXPLAIN}`);
    expect(result).toMatchObject({ code: 0, files });
  });

  test("that do not come up are told, and an error with strict", async () => {
    const configuration =
      "services:\n  pets:\n    input: api.yaml\n    allow: [unknown-method, express-path, unsafe-integer]";
    const finding = `driftline.yaml:4:29: LABEL[unused-exception]MARK: The warning express-path is allowed, but does not come up.
  2 |   pets:
  3 |     input: api.yaml
> 4 |     allow: [unknown-method, express-path, unsafe-integer]
    |                             ^
  5 | output: generated
hint: Remove the exception, so that the warning is told when it comes back.
`;
    expect(await run(configuration, ["generate"])).toMatchObject({
      code: 0,
      err: `${as(finding, "warning")}\n1 warning, 2 warnings allowed\n${EXPLAIN}`,
    });
    expect(await run(configuration, ["generate", "--strict"])).toMatchObject({
      code: 2,
      err: `${as(finding, "error", " (strict)")}\n1 error (all of them warnings that strict makes errors), 2 warnings allowed\n${EXPLAIN}`,
      files: [],
    });
  });

  test.each([
    ["express-pth", 'There is no diagnostic code "express-pth".', 'Did you mean "express-path"?'],
    ["yaml-syntax", "yaml-syntax is an error, which cannot be allowed.", "Only warnings"],
  ])("are codes of warnings, which %s is not", async (code, message, hint) => {
    const configured = await run(`services: { pets: { input: api.yaml, allow: [${code}] } }`, [
      "generate",
    ]);
    const args = ["--input", "api.yaml", "--output", "generated", "--allow", code];
    for (const result of [configured, await run("", ["generate", ...args])]) {
      expect(result.err).toContain(`error[unknown-code]: ${message}`);
      expect(result.err).toContain(hint);
      expect(result).toMatchObject({ code: 2, files: [] });
    }
  });
});

describe("all problems at once", () => {
  test("of the configuration and of the documents of all services", async () => {
    const { err, code, files } = await run(
      "services:\n  pets: { input: api.yaml, naem: x }\n  owners: { input: other.yaml, int64: long }\n  gone: { input: gone.yaml, helpers: [nope], allow: [nope] }\n  Bad: {}\nextra: 1",
      ["generate"],
    );
    expect(err.match(/^\S*: \w+\[[a-z-]+\]/gm)?.sort()).toEqual([
      "api.yaml:6:5: warning[unknown-method]",
      "api.yaml:7:56: warning[unsafe-integer]",
      "driftline.yaml:2:28: error[unknown-key]",
      "driftline.yaml:3:39: error[invalid-value]",
      "driftline.yaml:4:39: error[unknown-helper]",
      "driftline.yaml:4:54: error[unknown-code]",
      "driftline.yaml:5:3: error[invalid-value]",
      "driftline.yaml:6:1: error[unknown-key]",
      "gone.yaml: error[file-not-found]",
      "other.yaml:6:5: warning[unknown-method]",
      "other.yaml:7:56: warning[unsafe-integer]",
    ]);
    expect(err).toContain("\n7 errors, 4 warnings\n");
    expect({ code, files }).toEqual({ code: 2, files: [] });
  });
});

describe("selection", () => {
  const names = "include: { tags: [pets] }, exclude: { operations: [GET /owners] }";

  test("is configured or on the command line, and check knows it", async () => {
    const configured = await run(`services: { pets: { input: api.yaml, ${names} } }`, ["generate"]);

    expect(configured.err).toMatch(
      /^driftline\.yaml:1:89: error\[unmatched-selection\]: There is no operation "GET \/owners"\.$/m,
    );
    const args = ["generate", "--input", "api.yaml", "--output", "generated"];
    expect(
      await run("", [...args, "--include", "tag:pets", "--exclude", "deprecated", "--prune"]),
    ).toMatchObject({ code: 0, files: ["generated"] });
    expect((await run("", [...args, "--include", "tag:pet"])).err).toContain(
      'error[unmatched-selection]: No operation has the tag "pet".\nhint: Did you mean "pets"?',
    );
  });

  test.each([
    ["--include", "pets", "Write tag:NAME, path:PATTERN or operation:ID;"],
    ["--include", "deprecated", "Write tag:NAME, path:PATTERN or operation:ID;"],
    ["--exclude", "tag:", "Write tag:NAME, path:PATTERN, operation:ID or deprecated;"],
  ])("refuses %s %s", async (flag, text, hint) => {
    const result = await run("", ["check", "--input", "api.yaml", "--output", "x", flag, text]);
    expect(result.err).toContain(
      `error[wrong-usage]: ${flag} ${JSON.stringify(text)} does not say what is meant.\nhint: ${hint}`,
    );
    expect(result.code).toBe(2);
  });

  test.each(["include", "exclude", "prune"])("--%s needs --input", async (key) => {
    const value = key === "prune" ? [] : ["tag:pets"];
    const result = await run("services: { pets: { input: api.yaml } }", [
      "generate",
      `--${key}`,
      ...value,
    ]);
    expect(result.err).toContain(
      `--${key} needs --input.\nhint: In driftline.yaml a service has the key ${key}.`,
    );
  });

  test("tells check what the configuration changed", async () => {
    await inTemporaryFolder(async (folder) => {
      const configuration = path.join(folder, "driftline.yaml");
      await writeFile(path.join(folder, "api.yaml"), API.replace("POST", "post"));
      const text = "services:\n  pets: { input: api.yaml }\noutput: generated\n";
      await writeFile(configuration, text);
      await runHere(folder, ["generate"], realPipeline());
      await writeFile(
        configuration,
        text.replace("api.yaml", "api.yaml, exclude: { operations: [POST /*] }"),
      );
      const check = await runHere(folder, ["check"], realPipeline());
      expect(check.out).toContain("generated/pets/default-api.ts: the configuration changed");
    });
  });
});
