import { matchesPath, matchesText } from "../../select/path-pattern.js";
import { levelOf } from "../advice.js";
import type { Finding, FindingPlace } from "../finding.js";
import { compareLevels } from "../level.js";
import { positionText } from "../position-text.js";
import type { AcceptanceEntry } from "./acceptance.js";

/**
 * Tells whether an entry accepts a finding, whatever the day. What it says about operations has to hold for each place:
 * otherwise a change that reaches one more operation would be accepted unseen.
 */
export function accepts(entry: AcceptanceEntry, finding: Finding): boolean {
  return (
    (entry.fingerprints?.includes(finding.fingerprint) ?? true) &&
    (entry.rules?.some((pattern) => matchesText(pattern, finding.rule)) ?? true) &&
    (entry.direction === undefined || entry.direction === finding.direction) &&
    (entry.upTo === undefined || compareLevels(levelOf(finding, "both"), entry.upTo) <= 0) &&
    (entry.pointers?.some((pattern) => standsBelow(pattern, finding)) ?? true) &&
    (!hasPlaces(entry) ||
      (finding.places.length > 0 && finding.places.every((place) => fitsPlace(entry, place))))
  );
}

function hasPlaces({ operations, classes, positions }: AcceptanceEntry): boolean {
  return [operations, classes, positions].some((patterns) => patterns !== undefined);
}

function fitsPlace(entry: AcceptanceEntry, place: FindingPlace): boolean {
  return (
    (entry.operations?.some((pattern) => namesOperation(pattern, place)) ?? true) &&
    (entry.classes?.some((pattern) => namesClass(pattern, place)) ?? true) &&
    (entry.positions?.some((pattern) => matchesText(pattern, positionName(place))) ?? true)
  );
}

/** The operation itself has no text in reports, but needs one to be matched. */
function positionName({ position }: FindingPlace): string {
  return position.kind === "operation" ? "operation" : positionText(position);
}

function namesOperation(text: string, { operationId, method, path }: FindingPlace): boolean {
  if (text === operationId) return true;
  const space = text.indexOf(" ");
  if (space === -1) return false;
  return (
    matchesText(text.slice(0, space).toUpperCase(), method.toUpperCase()) &&
    matchesPath(text.slice(space + 1), path)
  );
}

function namesClass(pattern: string, { name, newName }: FindingPlace): boolean {
  return [name, newName].some(
    (known) => known !== undefined && matchesText(pattern, known.split(".")[0] ?? ""),
  );
}

/** A pointer is a path of tokens, so that one pattern of paths serves both. */
function standsBelow(pattern: string, { old, new: now }: Finding): boolean {
  return [old, now].some(
    (spot) => spot !== undefined && matchesPath(`${pattern}/**`, spot.pointer),
  );
}
