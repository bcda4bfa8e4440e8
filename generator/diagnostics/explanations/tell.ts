import { DIAGNOSTIC_CODES, type DiagnosticCode } from "../codes.js";
import type { Example, Explanation } from "./explanation.js";

/** Warnings about no document of a service, which nobody can allow there. */
const NOT_ALLOWED: ReadonlySet<DiagnosticCode> = new Set<DiagnosticCode>([
  "expired-acceptance",
  "unused-acceptance",
]);

/** What somebody can do who wants to live with a finding; nothing for errors. */
function acceptance(code: DiagnosticCode): readonly (readonly [title: string, text: string])[] {
  if (DIAGNOSTIC_CODES[code].severity === "error" || NOT_ALLOWED.has(code)) return [];
  return [
    [
      "To accept it",
      `Put allow: [${code}] under the service in driftline.yaml, or give --allow ${code} with --input.`,
    ],
  ];
}

/** The parts of an explanation that are prose, with a title for each. */
function paragraphs(
  code: DiagnosticCode,
  { why, then, mend }: Explanation,
): readonly (readonly [title: string, text: string])[] {
  return [
    ["Why it matters", why],
    ["What driftline does", then],
    ["What to do", mend],
    ...acceptance(code),
  ];
}

/** An explanation for a terminal. */
export function explanationText(
  code: DiagnosticCode,
  explanation: Explanation | undefined,
): string {
  const { severity, meaning } = DIAGNOSTIC_CODES[code];
  const parts = explanation === undefined ? [] : paragraphs(code, explanation);
  const example = explanation?.example;
  return [
    `${severity}[${code}]: ${meaning}`,
    ...parts.map(([title, text]) => `${title}: ${text}`),
    ...(example === undefined
      ? []
      : [`Wrong:\n\n${indented(example.wrong)}`, `Right:\n\n${indented(example.right)}`]),
  ].join("\n\n");
}

function indented(text: string): string {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => `  ${line}`.trimEnd())
    .join("\n");
}

/** All codes, one line each, for a terminal. */
export function codeList(): string {
  return Object.entries(DIAGNOSTIC_CODES)
    .map(([code, { severity, meaning }]) => `${severity.padEnd(7)} ${code}\n        ${meaning}`)
    .join("\n");
}

/** An explanation as a section of a Markdown page. */
export function explanationSection(code: DiagnosticCode, explanation: Explanation): string {
  const { severity, meaning } = DIAGNOSTIC_CODES[code];
  const { example } = explanation;
  return [
    `### ${code}`,
    `${severity === "error" ? "Error" : "Warning"}. ${meaning}`,
    ...paragraphs(code, explanation).map(([title, text]) => `${title}: ${text}`),
    ...(example === undefined ? [] : exampleBlocks(example)),
  ].join("\n\n");
}

function exampleBlocks({ of, wrong, right, file }: Example): readonly string[] {
  const isJson = of === "lock" || file.endsWith(".json");
  const language = of === "command line" ? "console" : isJson ? "json" : "yaml";
  const block = (text: string): string => `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
  return ["Wrong:", block(wrong), "Right:", block(right)];
}
