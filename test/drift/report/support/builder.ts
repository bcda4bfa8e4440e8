import { readFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { createLocator } from "../../../../generator/diagnostics/locate.js";
import { parseText } from "../../../../generator/document/parse.js";
import { LIMITS } from "../../../../generator/document/limits.js";
import { resolvePointer } from "../../../../generator/document/pointer.js";
import type { JsonValue, SourceFile } from "../../../../generator/document/source.js";
import { assess, type Assessment } from "../../../../generator/drift/assess.js";
import type { DriftReport } from "../../../../generator/drift/drift-report.js";
import type {
  Comparison,
  Finding,
  FindingPlace,
  FindingSpot,
} from "../../../../generator/drift/finding.js";
import { ruleOf, type RuleId } from "../../../../generator/drift/rules.js";
import { repository } from "../../../support/repository.js";

/** What a test says about a finding; the rest is what most findings have. */
export interface FindingInput extends Partial<Omit<Finding, "rule">> {
  readonly rule: RuleId;
}

/** A finding that breaks nothing, with a fingerprint that depends on its rule and message. */
export function findingOf({ rule, ...input }: FindingInput): Finding {
  const message = input.message ?? "Something changed.";
  return {
    rule,
    wire: "safe",
    source: "safe",
    direction: undefined,
    message,
    hint: ruleOf(rule).hint,
    old: undefined,
    new: undefined,
    places: [],
    fingerprint: createHash("sha256").update(`${rule} ${message}`).digest("hex").slice(0, 16),
    ...input,
  };
}

/** A place in an operation, named as `GET /videos`. */
export function placeOf(
  operation: string,
  name: string | undefined,
  rest: Partial<FindingPlace> = {},
): FindingPlace {
  const [method = "", path = ""] = operation.split(" ");
  return {
    method,
    path,
    operationId: name?.split(".")[1],
    name,
    newName: undefined,
    position: { kind: "operation" },
    valuePath: [],
    ...rest,
  };
}

/** One of the two documents beside the tests. */
export function fixtureFile(name: "old.yaml" | "new.yaml"): SourceFile {
  const text = readFileSync(repository(`test/drift/report/fixture/${name}`), "utf8");
  return { path: `videos/${name}`, text: text.replaceAll("\r\n", "\n") };
}

/** Where a pointer leads in a file, and what stands there. */
export function spotOf(file: SourceFile, pointer: string): FindingSpot {
  const { line, column } = createLocator().inFile(file, pointer);
  const document: JsonValue = parseText(file, LIMITS).value ?? null;
  return { pointer, file: file.path, line, column, value: resolvePointer(document, pointer) };
}

/** A comparison of two documents that differ in what is given. */
export function comparisonOf(
  findings: readonly Finding[],
  rest: Partial<Comparison> = {},
): Comparison {
  return {
    old: label("videos/old.yaml", "1.4.0"),
    new: label("https://video.example/openapi.yaml", "2.0.0"),
    findings,
    texts: [],
    operations: { old: 4, new: 3 },
    ...rest,
  };
}

function label(location: string, version: string): Comparison["old"] {
  const hash = createHash("sha256").update(location).digest("hex");
  return { location, title: "Videos", version, hash };
}

/** A report on a comparison, judged as by default. */
export function reportOf(
  comparison: Comparison,
  assessment: Partial<Assessment> = {},
): DriftReport {
  return assess(comparison, {
    name: "videos",
    files: { old: [], new: [] },
    acceptance: undefined,
    gate: { failOn: "breaking", verdict: "both" },
    today: "2026-01-15",
    ...assessment,
  });
}
