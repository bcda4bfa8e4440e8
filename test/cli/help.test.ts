import { describe, expect, test } from "vitest";
import { main } from "../../generator/cli.js";
import { COMMAND_HELP } from "../../generator/cli/help-texts.js";
import { isColored, isLively } from "../../generator/cli/terminal.js";

async function help(args: readonly string[], columns?: number, colorOut = false): Promise<string> {
  let text = "";
  const out = (part: string): void => void (text += part);
  await main(args, { out, err: out, color: false, colorOut, columns });
  return text;
}

const COMMANDS = Object.keys(COMMAND_HELP);

describe("the help of the program", () => {
  test("lists every command in a group, and nothing else", async () => {
    const text = await help(["--help"]);
    const listed = [...text.matchAll(/^ {2}([a-z]+) {2,}\S/gm)].map(([, name]) => name);
    expect(listed.sort()).toEqual([...COMMANDS, "help"].sort());
    expect(text).not.toMatch(/^Commands:/m);
    expect(text).toContain("no telemetry");
  });

  test.each(COMMANDS)("has examples and exit codes of %s", async (command) => {
    const text = await help([command, "--help"]);
    expect(text).toMatch(new RegExp(`^ {2}\\$ driftline ${command}`, "m"));
    expect(text).toMatch(/^ {2}70 {2}a bug of driftline$/m);
    expect(text).not.toContain("with --input: ");
  });

  test.each(COMMANDS)("has examples of %s that the program understands", async (command) => {
    for (const [line] of COMMAND_HELP[command]?.examples ?? []) {
      const words = line.replace(/ > .*/, "").match(/"[^"]*"|'[^']*'|\S+/g) ?? [];
      const args = words.map((word) => word.replace(/^["']|["']$/g, ""));
      // With --help nothing is done; an option that there is not is told before.
      expect(await help([...args, "--help"])).toMatch(/^Usage: driftline/);
    }
  });

  test.each([undefined, 60, 80, 200])("fits into a terminal of %s columns", async (columns) => {
    const text = await help(["diff", "--help"], columns);
    const described = text.slice(0, text.indexOf("Examples:")).split("\n");
    const widest = Math.max(...described.map((line) => line.length));
    expect(widest).toBeLessThanOrEqual(Math.min(columns ?? 80, 100));
  });

  test("has colours where they are wanted, and says the same", async () => {
    const colored = await help(["generate", "--help"], 80, true);
    expect(colored).toContain("\u001b[");
    // eslint-disable-next-line no-control-regex -- what is looked for
    expect(colored.replace(/\u001b\[\d+m/g, "")).toBe(await help(["generate", "--help"]));
  });
});

describe("colours", () => {
  test.each<[boolean, Record<string, string>, boolean]>([
    [true, {}, true],
    [false, {}, false],
    [true, { NO_COLOR: "1" }, false],
    [true, { NO_COLOR: "" }, true],
    [false, { FORCE_COLOR: "1" }, true],
    [true, { FORCE_COLOR: "0" }, false],
    [false, { FORCE_COLOR: "1", NO_COLOR: "1" }, false],
    [true, { TERM: "dumb" }, false],
    [true, { CI: "true" }, false],
    [true, { CI: "false" }, true],
    [false, { CI: "true", FORCE_COLOR: "3" }, true],
  ])("on a terminal: %s, with %j: %s", (isTTY, environment, expected) => {
    expect(isColored({ isTTY }, environment)).toBe(expected);
  });

  test("do not make a stream one that somebody looks at", () => {
    expect(isLively({ isTTY: false }, { FORCE_COLOR: "1" })).toBe(false);
  });
});
