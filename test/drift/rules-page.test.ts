import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { format } from "prettier";
import { expect, it } from "vitest";
import { SCHEMA_RULES } from "../../generator/drift/schema/rules.js";
import type { Rule } from "../../generator/drift/rule.js";
import { SURFACE_RULES } from "../../generator/drift/surface/rules.js";
import { WIRE_RULES } from "../../generator/drift/wire/rules.js";
import { repository } from "../support/repository.js";

const PAGE = repository("docs/drift-rules.md");

/* `UPDATE_GOLDEN=1` writes the page. */
it("docs/drift-rules.md tells every rule", async () => {
  const page = await format(pageText(), { parser: "markdown", proseWrap: "preserve" });
  if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(PAGE, page);
  expect(existsSync(PAGE) ? readFileSync(PAGE, "utf8") : "").toBe(page);
});

function pageText(): string {
  return `# Rules of drift

Every kind of change that \`driftline diff\`, \`drift\` and \`pull\` tell of. Acceptance files name these rules; they never change their names. [Drift](drift.md) tells how bad each change is: that depends on who sends what changed.

## Operations, parameters, bodies and answers

${tableOf(WIRE_RULES)}
## Schemas

${tableOf(SCHEMA_RULES)}
## Code that uses the client

Where a rule above tells of the same change, that one is told, and these only give its verdict on the source.

${tableOf(SURFACE_RULES)}`;
}

function tableOf(rules: Readonly<Record<string, Rule>>): string {
  const rows = Object.entries(rules)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(
      ([id, { title, meaning, hint }]) =>
        `| \`${id}\` | ${cell(title)} | ${cell(meaning)} ${cell(hint)} |\n`,
    );
  return `| rule | what changed | why it matters, what to do |\n| --- | --- | --- |\n${rows.join("")}`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
