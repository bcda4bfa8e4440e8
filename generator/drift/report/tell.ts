import { levelOf } from "../advice.js";
import type { DriftReport, Gate, VersionStep } from "../drift-report.js";
import type { DocumentLabel, Finding, FindingPlace, FindingSpot } from "../finding.js";
import type { Level } from "../level.js";
import { placeText } from "../position-text.js";

/* What all formats say alike. Texts of documents are in it as they are: each format has one place that escapes them. */

/** Levels as reports list them: worst first. */
export const WORST_FIRST: readonly Level[] = ["breaking", "undecidable", "safe"];

/** How many findings there are of each level, and how many are accepted. */
export interface FindingCounts extends Readonly<Record<Level, number>> {
  readonly accepted: number;
  readonly failing: number;
}

/** Counts the findings of a report by the verdict that counts. */
export function countsOf({ findings, accepted, failing, gate }: DriftReport): FindingCounts {
  const levels = findings.map((finding) => levelOf(finding, gate.verdict));
  const count = (wanted: Level): number => levels.filter((level) => level === wanted).length;
  return {
    breaking: count("breaking"),
    undecidable: count("undecidable"),
    safe: count("safe"),
    accepted: accepted.length,
    failing: failing.length,
  };
}

/** `3 breaking, 2 undecidable, 14 safe; 5 accepted`, or that there is nothing. */
export function headline(counts: FindingCounts): string {
  const open = WORST_FIRST.filter((level) => counts[level] > 0).map(
    (level) => `${counts[level]} ${level}`,
  );
  const accepted = counts.accepted === 0 ? [] : [`${counts.accepted} accepted`];
  return [open.length === 0 ? "no drift" : open.join(", "), ...accepted].join("; ");
}

/** `8.0.0 -> 8.1.0`, or one version where both have the same. */
export function versionsText(old: DocumentLabel, now: DocumentLabel): string {
  return old.version === now.version ? old.version : `${old.version} -> ${now.version}`;
}

/** The longest name or path that people are shown, in UTF-16 units. */
const LONGEST = 200;

/** A name or path as people are shown it: cut where it is far longer than any that is meant to be read. */
export function readable(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** `GET /videos/{id}` */
export function operationText({ method, path }: FindingPlace): string {
  return readable(`${method} ${path}`);
}

/** The part of an operation with the way to the value in it; empty for the operation itself. */
export function whereText(place: FindingPlace): string {
  return readable(placeText(place));
}

/** `VideoApi.getVideo`, with the new name where it has another one; `undefined` where there is no client. */
export function methodText({ name, newName }: FindingPlace): string | undefined {
  const names = [...new Set([name, newName])].filter((known) => known !== undefined);
  return names.length === 0 ? undefined : names.map(readable).join(" -> ");
}

/** `api.yaml:12:3` */
export function spotText({ file, line, column }: FindingSpot): string {
  return `${readable(file)}:${line}:${column}`;
}

/** Where a finding is in both documents: `old.yaml:12:3 -> new.yaml:14:3`. */
export function spotsText({ old, new: now }: Finding): string {
  if (old === undefined && now === undefined) return "";
  return [old, now].map((spot) => (spot === undefined ? "nothing" : spotText(spot))).join(" -> ");
}

/** The verdicts that count: `wire breaking, source safe`. */
export function verdictsText({ wire, source }: Finding, { verdict }: Gate): string {
  const verdicts = { wire: `wire ${wire}`, source: `source ${source}` };
  return verdict === "both" ? Object.values(verdicts).join(", ") : verdicts[verdict];
}

/** Why a run fails: `3 findings fail the run: breaking, on the wire or in the source.` */
export function gateText({ failing }: FindingCounts, { failOn, verdict }: Gate): string {
  const levels = {
    breaking: "breaking",
    undecidable: "breaking or undecidable",
    any: "of any level",
  }[failOn];
  const where = {
    wire: "on the wire",
    source: "in the source",
    both: "on the wire or in the source",
  }[verdict];
  const what = `${levels} ${where}`;
  return failing === 0
    ? `Nothing fails the run: nothing is ${what}.`
    : `${plural(failing, "finding")} ${failing === 1 ? "fails" : "fail"} the run: ${what}.`;
}

/** What the changes ask of the client's version. */
export function adviceText(advice: VersionStep): string {
  return {
    major: "The client needs a new major version: its callers may break.",
    minor: "The client needs a new minor version: callers get something new.",
    patch: "The client needs a new patch version: callers notice nothing.",
    none: "The client needs no new version.",
  }[advice];
}

/** `1 finding`, `2 findings` */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** Findings of one rule, at one level. */
export interface RuleGroup {
  readonly rule: Finding["rule"];
  readonly findings: readonly Finding[];
}

/** The findings of a level by rule; the rule with most findings first, where they are as many in the order of findings. */
export function groupsOf({ findings, gate }: DriftReport, level: Level): readonly RuleGroup[] {
  const groups = new Map<Finding["rule"], Finding[]>();
  for (const finding of findings) {
    if (levelOf(finding, gate.verdict) !== level) continue;
    const group = groups.get(finding.rule);
    if (group === undefined) groups.set(finding.rule, [finding]);
    else group.push(finding);
  }
  return [...groups]
    .map(([rule, found]) => ({ rule, findings: found }))
    .sort((left, right) => right.findings.length - left.findings.length);
}

/**
 * The place of a finding that is a file of the user, if there is one: what services show beside code. A document that
 * was fetched, or read from a commit, is none.
 */
export function localSpot({ old, new: now }: Finding): FindingSpot | undefined {
  return [now, old].find(
    (spot) => spot !== undefined && !/^(?:[a-z][a-z\d+.-]*:\/\/|git:)/i.test(spot.file),
  );
}

/** A finding in one line: `VideoApi.getVideo (GET /videos/{id}), response 200 .host: The answer ... (and 2 more places)`. */
export function sentence(finding: Finding): string {
  const [first, ...others] = finding.places;
  if (first === undefined) return finding.message;
  const method = methodText(first);
  const operation =
    method === undefined ? operationText(first) : `${method} (${operationText(first)})`;
  const where = [operation, whereText(first)].filter((text) => text !== "").join(", ");
  const more = others.length === 0 ? "" : ` (and ${plural(others.length, "more place")})`;
  return `${where}: ${finding.message}${more}`;
}
