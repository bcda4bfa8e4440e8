import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { repository } from "./support/repository.js";
import { typeErrors } from "./support/type-check.js";

const README = readFileSync(repository("README.md"), "utf8");

function blocks(language: string): readonly string[] {
  const fenced = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, "gm");
  return [...README.matchAll(fenced)].map((match) => match[1] ?? "");
}

describe("the README", () => {
  it("begins with what the project is, and then two commands that exist", () => {
    const [commands = ""] = blocks("sh");
    const scripts = [...commands.matchAll(/^npm ci && npm (?:run )?(\S+)/gm)].map(
      (match) => match[1],
    );
    expect(scripts).toEqual(["generate", "test"]);
    const { scripts: known } = JSON.parse(readFileSync(repository("package.json"), "utf8")) as {
      scripts: Record<string, string>;
    };
    expect(Object.keys(known)).toEqual(expect.arrayContaining(scripts));
  });

  it("has programs that compile under the strictest flags", () => {
    const program = blocks("ts").join("\n");
    expect(program).toContain("new SFTPGo(");
    const node = "declare const process: { env: Record<string, string | undefined> };\n";
    expect(
      typeErrors(
        new Map([
          ["../README.ts", `${node}${program}\nvoid [users, data, status, headers, response];`],
        ]),
      ),
    ).toEqual([]);
  }, 60_000);
});
