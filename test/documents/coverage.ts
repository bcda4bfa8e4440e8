import type { Node, SpecFiles } from "../support/spec-files.js";
import { containsExample } from "./examples.js";
import {
  contentOf,
  errors,
  operationsOf,
  successes,
  type SpecOperation,
} from "./spec-operations.js";

/** What the columns of the table count. */
const COLUMNS: Readonly<Record<string, (operation: SpecOperation, spec: SpecFiles) => boolean>> = {
  operations: () => true,
  "with examples": hasExample,
  "with typed errors": (operation) =>
    errors(operation).some(([, answer]) =>
      contentOf(answer).some(([name]) => name.endsWith("json")),
    ),
  paged: ({ node }) => node["x-pagination"] !== undefined,
  streaming: (operation) =>
    successes(operation).some(([, answer]) =>
      contentOf(answer).some(([name]) => name === "text/event-stream"),
    ),
};

const INTRODUCTION = `# Coverage

What the documents in this folder hold, by service and tag. An operation has an example if a value is given for its
request body, for one of its parameters, or for something in the answer of success; its errors are typed if the body
of one has a JSON schema; it is paged if \`x-pagination\` says how; it streams if it answers with events.

This file is generated: \`npm run coverage\` writes it.
`;

/** The text of \`specs/COVERAGE.md\`, as prettier leaves it. */
export function coverageText(specs: ReadonlyMap<string, SpecFiles>): string {
  return [INTRODUCTION, ...[...specs].map(([service, spec]) => sectionOf(service, spec))].join(
    "\n",
  );
}

function sectionOf(service: string, spec: SpecFiles): string {
  const operations = operationsOf(spec);
  const tags = (spec.root["tags"] as readonly Node[]).map(({ name }) => String(name));
  const rows = tags.map((tag) => [
    tag,
    ...countsOf(
      operations.filter(({ node }) => (node["tags"] as readonly string[])[0] === tag),
      spec,
    ),
  ]);
  const title = String((spec.root["info"] as Node)["title"]);
  return `## ${title}: \`${service}.yaml\`\n\n${tableOf([
    ["tag", ...Object.keys(COLUMNS)],
    ...rows,
    ["**all**", ...countsOf(operations, spec)],
  ])}`;
}

function countsOf(operations: readonly SpecOperation[], spec: SpecFiles): readonly string[] {
  return Object.values(COLUMNS).map((counts) =>
    String(operations.filter((operation) => counts(operation, spec)).length),
  );
}

function tableOf(rows: readonly (readonly string[])[]): string {
  const [head = []] = rows;
  const widths = head.map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? "").length)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const rule = line(widths.map((width) => "-".repeat(width)));
  return [line(head), rule, ...rows.slice(1).map(line), ""].join("\n");
}

function hasExample(operation: SpecOperation, spec: SpecFiles): boolean {
  const parts = [
    ...operation.parameters,
    operation.requestBody,
    ...successes(operation).map(([, answer]) => answer["content"]),
  ];
  return parts.some((part) => containsExample(part, spec));
}
