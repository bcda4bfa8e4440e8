import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { main } from "../../generator/cli.js";
import { loadConfiguration } from "../../generator/config/load.js";
import type { SourceFile } from "../../generator/document/source.js";
import { parseAcceptance } from "../../generator/drift/accept/load.js";
import { REPORT_FORMATS } from "../../generator/drift/report/formats.js";
import { parseLock } from "../../generator/pins/lock-file.js";
import { inTemporaryFolder, runProgram } from "../cli/support.js";
import { repository } from "../support/repository.js";

/* What docs/drift.md says is what the commands do. */

const PAGE = readFileSync(repository("docs/drift.md"), "utf8");
const README = readFileSync(repository("README.md"), "utf8");

describe("the report of the page", () => {
  const [report = ""] = blocks("text");

  it("is what diff tells of its example", { timeout: 60_000 }, async () => {
    const run = await runProgram(repository("test/drift/page"), ["diff", "old.yaml", "new.yaml"]);
    expect(run).toEqual({ code: 1, out: report, err: "" });
  });

  it("is the one of the README", () => {
    const [excerpt = ""] = blocks("text", README).filter((text) => text.startsWith("BREAKING"));
    const [heading = "", ...lines] = excerpt.trimEnd().split("\n");
    expect(report).toContain(heading);
    expect(report).toContain(lines.join("\n"));
  });
});

describe("the options of the page", () => {
  it.each(["diff", "drift", "pull"])("of %s are those of its help", async (command) => {
    const known = await helpOf(command);
    const shown = commandLines(command).flatMap(optionsIn);
    expect(shown.filter((option) => !known.includes(option))).toEqual([]);
    // These are the same for all commands, or said of `driftline.yaml`.
    const common = ["--config", "--debug", "--help", "--quiet", "--version"];
    const told = [...common, ...optionsIn(PAGE)];
    expect(known.filter((option) => !told.includes(option))).toEqual([]);
  });

  it("name every format of reports", () => {
    const rows = [...PAGE.matchAll(/^\| `([a-z]+)` +\|/gm)].map((match) => match[1]);
    expect(rows.filter((name) => REPORT_FORMATS.some((format) => format === name))).toEqual(
      REPORT_FORMATS,
    );
  });
});

describe("the files of the page", () => {
  const yaml = blocks("yaml");

  it("configure driftline", () =>
    inTemporaryFolder(async (folder) => {
      const file = path.join(folder, "driftline.yaml");
      await writeFile(file, yaml.find((text) => text.includes("upstream:")) ?? "");
      const { value, diagnostics } = await loadConfiguration(file);
      expect(diagnostics).toEqual([]);
      expect(value?.services).toHaveLength(1);
    }));

  it("accept differences", () => {
    const text = yaml.find((block) => block.startsWith("accepted:")) ?? "";
    const { value, diagnostics } = parseAcceptance(fileOf("shop.accept.yaml", text));
    expect(diagnostics).toEqual([]);
    expect(value).toBeDefined();
  });

  it("keep names", () => {
    const [text = ""] = blocks("json");
    const { value, diagnostics } = parseLock("driftline.lock", fileOf("driftline.lock", text));
    expect(diagnostics).toEqual([]);
    expect([...(value?.services.keys() ?? [])]).toEqual(["pets"]);
  });

  it("use the action with inputs that it has", () => {
    const { inputs } = parse(readFileSync(repository("action.yml"), "utf8")) as {
      readonly inputs: Readonly<Record<string, unknown>>;
    };
    const workflow = parse(yaml.find((text) => text.includes("steps:")) ?? "") as Workflow;
    const given = workflow.jobs.drift.steps.flatMap(({ uses, with: values = {} }) =>
      uses.startsWith("OWNER/") ? Object.keys(values) : [],
    );
    expect(given.length).toBeGreaterThan(0);
    expect(Object.keys(inputs)).toEqual(expect.arrayContaining(given));
  });
});

interface Workflow {
  readonly jobs: {
    readonly drift: {
      readonly steps: readonly {
        readonly uses: string;
        readonly with?: Readonly<Record<string, unknown>>;
      }[];
    };
  };
}

/** The blocks of a page in one language. */
function blocks(language: string, page = PAGE): readonly string[] {
  const fenced = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, "gm");
  return [...page.matchAll(fenced)].map((match) => match[1] ?? "");
}

/** The lines of the page and of the README that call one command. */
function commandLines(command: string): readonly string[] {
  return [PAGE, README]
    .flatMap((page) => blocks("sh", page))
    .flatMap((text) => text.split("\n"))
    .filter((line) => line.startsWith(`npx driftline ${command} `));
}

function optionsIn(text: string): readonly string[] {
  return text.match(/--[a-z][a-z-]*/g) ?? [];
}

/** The options that the help of a command lists. */
async function helpOf(command: string): Promise<readonly string[]> {
  let text = "";
  const out = (part: string): void => void (text += part);
  await main([command, "--help"], { out, err: out, color: false });
  const options = text.split("\n").filter((line) => /^ {2}(?:-\w, )?--/.test(line));
  return options.flatMap((line) => optionsIn(line).slice(0, 1));
}

function fileOf(name: string, text: string): SourceFile {
  return { path: name, text };
}
