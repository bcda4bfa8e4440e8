import { diagnostic } from "../../diagnostics/codes.js";
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import type { AcceptedFinding } from "../drift-report.js";
import type { Finding } from "../finding.js";
import type { Acceptance, AcceptanceEntry } from "./acceptance.js";
import { accepts } from "./match.js";

/** Findings after an acceptance file. */
export interface Accepted {
  /** Those that nobody has accepted, in the same order. */
  readonly open: readonly Finding[];
  readonly accepted: readonly AcceptedFinding[];
  /** Entries that accept nothing, and expired ones. */
  readonly problems: readonly Diagnostic[];
}

/**
 * Takes out of findings those that an entry accepts; where several do, the first one of the file counts.
 *
 * @param today the day in UTC, `YYYY-MM-DD`; an entry accepts up to the end of the day on which it expires
 */
export function accept(
  findings: readonly Finding[],
  acceptance: Acceptance | undefined,
  today: string,
): Accepted {
  const entries = acceptance?.entries ?? [];
  const valid = entries.filter((entry) => !isExpired(entry, today));
  const judged = findings.map((finding) => ({
    finding,
    entry: valid.find((entry) => accepts(entry, finding)),
  }));
  return {
    open: judged.flatMap(({ finding, entry }) => (entry === undefined ? [finding] : [])),
    accepted: judged.flatMap(({ finding, entry }) =>
      entry === undefined ? [] : [acceptedBy(entry, finding)],
    ),
    problems: entries.flatMap((entry) => problemOf(entry, findings, today) ?? []),
  };
}

function acceptedBy(entry: AcceptanceEntry, finding: Finding): AcceptedFinding {
  const { reason, author, expires } = entry;
  return { finding, reason, author, expires };
}

// Days of this form are in the order of their texts.
function isExpired({ expires }: AcceptanceEntry, today: string): boolean {
  return expires !== undefined && expires < today;
}

function problemOf(
  entry: AcceptanceEntry,
  findings: readonly Finding[],
  today: string,
): Diagnostic | undefined {
  const { expires = "", place } = entry;
  const count = findings.filter((finding) => accepts(entry, finding)).length;
  if (isExpired(entry, today))
    return diagnostic("expired-acceptance", {
      message: `This entry expired on ${expires}: ${count === 0 ? "nothing matches it any more" : `it accepts ${count === 1 ? "a finding" : `${count} findings`} no longer`}.`,
      hint:
        count === 0 ? "Remove it." : "Look at what it accepted again: move the day, or remove it.",
      place,
    });
  const unused = count > 0 ? unusedFingerprints(entry, findings) : undefined;
  if (count > 0 && unused === undefined) return undefined;
  return diagnostic("unused-acceptance", {
    message: unused ?? "This entry accepts nothing: no finding matches it.",
    hint: "Remove it, so that the change is told when it comes back.",
    place,
  });
}

/** How many fingerprints a message names. */
const NAMED = 5;

/** A list of fingerprints is short for as many entries: each of them has to be of use. */
function unusedFingerprints(
  { fingerprints = [] }: AcceptanceEntry,
  findings: readonly Finding[],
): string | undefined {
  const present = new Set(findings.map(({ fingerprint }) => fingerprint));
  const unused = fingerprints.filter((fingerprint) => !present.has(fingerprint));
  if (unused.length === 0) return undefined;
  const more = unused.length > NAMED ? ` and ${unused.length - NAMED} more` : "";
  return `This entry names fingerprints that no finding has: ${unused.slice(0, NAMED).join(", ")}${more}.`;
}
