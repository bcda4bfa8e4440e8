import { spawnSync } from "node:child_process";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { SHELLS } from "../../generator/cli/completion-scripts.js";
import { repository } from "../support/repository.js";
import { arrangeFolder } from "./diagnostic-cases.js";
import { inTemporaryFolder, runHere } from "./support.js";

async function inProject<T>(action: (folder: string) => Promise<T>): Promise<T> {
  return inTemporaryFolder(async (folder) => {
    await arrangeFolder(folder);
    const other = "services: { cats: { input: api.yaml } }\noutput: other\n";
    await writeFile(path.join(folder, "other.yaml"), other);
    return action(folder);
  });
}

describe("what can come next", () => {
  test.each<[readonly string[], readonly string[]]>([
    [["gene"], ["generate"]],
    [["generate", ""], ["pets"]],
    [["generate", "pets", "p"], ["pets"]],
    [["generate", "x"], []],
    [["generate", "--stri"], ["--strict"]],
    [["generate", "--strict", "--stri"], []],
    [["generate", "--overlay", "a", "--overl"], ["--overlay"]],
    [["generate", "--quie"], ["--quiet"]],
    [["generate", "--config", "other.yaml", ""], ["cats"]],
    [["generate", "--config=other.yaml", ""], ["cats"]],
    [["generate", "--config", "nope.yaml", ""], []],
    [["generate", "--config", ""], [":files"]],
    [["generate", "--output", "sr"], [":folders"]],
    [["generate", "--name", ""], []],
    [["inspect", "pets", "x", "--stage", "mo"], ["model"]],
    [["inspect", "pets", "x", "--stage=mo"], ["--stage=model"]],
    [["generate", "--allow", "unsafe-i"], ["unsafe-integer"]],
    [["generate", "--allow", "unsafe-integer", "long"], ["long-enum"]],
    [["generate", "--allow", "unsafe-integer", "--prun"], ["--prune"]],
    [["explain", "unsafe-i"], ["unsafe-integer"]],
    [["explain", "unsafe-integer", ""], []],
    [["diff", "a"], [":files"]],
    [["diff", "a.yaml", "b.yaml", "--report", "jun"], ["junit"]],
    [["diff", "a.yaml", "b.yaml", "--fail-on", "und"], ["undecidable"]],
    [["completion", ""], SHELLS],
    [["help", "dri"], ["drift"]],
    [["--js"], ["--json"]],
    [["--json", "ini"], ["init"]],
    [["nope", "gen"], ["generate"]],
    [["generate", "--", "--str"], []],
  ])("after %j is %j", async (words, expected) => {
    await inProject(async (folder) => {
      const { code, out, err } = await runHere(folder, ["complete", "--", ...words]);
      const values = out
        .split("\n")
        .map((line) => line.split("\t")[0] ?? "")
        .filter((value) => value !== "");
      expect({ code, err, values }).toEqual({ code: 0, err: "", values: expected });
    });
  });

  test("is every command that help lists, with what it does", () =>
    inProject(async (folder) => {
      const [help, completions] = [
        await runHere(folder, ["--help"]),
        await runHere(folder, ["complete", "--", ""]),
      ];
      const listed = [...help.out.matchAll(/^ {2}([a-z]+) {2,}(\w.*)$/gm)];
      expect(completions.out.trimEnd().split("\n")).toEqual(
        listed.map(([, name = "", text = ""]) => `${name}\t${text}`),
      );
    }));
});

/** How each shell is started without anything of the user's, and what loads the script. */
const REAL_SHELLS = {
  bash: ["bash --noprofile --norc", "source <(driftline completion bash)"],
  zsh: [
    "zsh -f",
    "autoload -Uz compinit && compinit -u -d ./.zdump; source <(driftline completion zsh)",
  ],
  fish: ["fish --no-config", "driftline completion fish | source"],
} as const;

describe.each(Object.entries(REAL_SHELLS))("in %s", { timeout: 120_000 }, (name, [start, load]) => {
  const missing = ["tmux", name].filter((program) => spawnSync("which", [program]).status !== 0);
  if (missing.length > 0)
    process.stderr.write(
      `NOT TESTED: completion in ${name}, for there is no ${missing.join(", no ")}.\n`,
    );

  test.skipIf(missing.length > 0)("commands, options and services are completed", () =>
    inProject(async (folder) => {
      const bin = path.join(folder, "bin");
      await mkdir(bin);
      const program = path.join(bin, "driftline");
      await writeFile(
        program,
        `#!/bin/sh\nexec "${process.execPath}" "${repository("generator/bin.js")}" "$@"\n`,
      );
      await chmod(program, 0o755);
      const socket = path.join(folder, "tmux");
      const tmux = (...args: readonly string[]): string =>
        spawnSync("tmux", ["-S", socket, "-f", "/dev/null", ...args], { encoding: "utf8" }).stdout;
      const screen = async (expected: string): Promise<void> => {
        for (let tries = 0; tries < 150; tries += 1) {
          if (tmux("capture-pane", "-p").includes(expected)) return;
          await setTimeout(100);
        }
        expect(tmux("capture-pane", "-p")).toContain(expected);
      };
      try {
        const environment = `env PATH="${bin}:$PATH" HOME="${folder}" PS1="ready> " ${start}`;
        tmux("new-session", "-d", "-x", "100", "-y", "30", "-c", folder, environment);
        tmux("send-keys", `${load}; echo load''ed`, "Enter");
        await screen("\nloaded");
        for (const [typed, expected] of [
          ["driftline gene", "driftline generate"],
          ["pe", "driftline generate pets"],
          ["--stri", "driftline generate pets --strict"],
          ["--config othe", "--config other.yaml"],
        ] as const) {
          tmux("send-keys", "-l", "--", typed);
          tmux("send-keys", "Tab");
          await screen(expected);
          // The space behind a word that is whole comes with it or a moment later; it cannot be seen.
          await setTimeout(200);
        }
      } finally {
        tmux("kill-server");
      }
    }),
  );
});
