import { Document, isMap, isSeq, parseDocument, type YAMLMap } from "yaml";
import { visible } from "../../diagnostics/quoted.js";
import { levelOf } from "../advice.js";
import type { Finding } from "../finding.js";
import type { Level } from "../level.js";

/** Why findings are accepted. */
export interface NewAcceptance {
  readonly reason: string;
  readonly author?: string;
  /** A day as `YYYY-MM-DD`. */
  readonly expires?: string;
}

/** The longest comment beside a fingerprint, in UTF-16 units. */
const LONGEST_COMMENT = 100;

/** From the worst on; what breaks already can get no worse. */
const LEVELS: readonly Level[] = ["breaking", "undecidable", "safe"];

/**
 * The text of an acceptance file that accepts findings as well, by their fingerprints; beside each stands what it is. Those
 * of each verdict get an entry, so that one that becomes worse is not accepted. What was in the file stays as it is,
 * comments included.
 *
 * @param text what the file holds, known to be an acceptance file; `undefined` where there is none
 */
export function addAcceptance(
  text: string | undefined,
  findings: readonly Finding[],
  acceptance: NewAcceptance,
): string {
  const document = text === undefined ? new Document({}) : parseDocument(text);
  const list = document.get("accepted");
  const entries = LEVELS.flatMap((level) => {
    const some = findings.filter((finding) => levelOf(finding, "both") === level);
    return some.length === 0 ? [] : [entryNode(document, some, level, acceptance)];
  });
  if (isSeq(list)) {
    list.flow = false;
    for (const entry of entries) list.add(entry);
  } else document.set("accepted", document.createNode(entries));
  if (isMap(document.contents)) document.contents.flow = false;
  return document.toString({ lineWidth: 0 });
}

function entryNode(
  document: Document,
  findings: readonly Finding[],
  level: Level,
  { reason, author, expires }: NewAcceptance,
): YAMLMap {
  const fingerprints = findings.map((finding) => {
    // In quotes: some fingerprints would be numbers of YAML, such as 1234567890123456 or 12345678901234e5.
    const node = document.createNode(finding.fingerprint);
    node.type = "QUOTE_DOUBLE";
    node.comment = ` ${commentOf(finding)}`;
    return node;
  });
  // A file is UTF-8, which has no lone surrogates.
  const texts = { reason: reason.toWellFormed(), author: author?.toWellFormed(), expires };
  const upTo = level === "breaking" ? undefined : level;
  const members = { ...texts, upTo, fingerprint: fingerprints };
  return document.createNode(
    Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)),
  );
}

/** What a finding is, on one line. */
function commentOf({ rule, places: [place], message }: Finding): string {
  const where = place === undefined ? "" : `${place.method} ${place.path}: `;
  const text = visible(`${rule}: ${where}${message}`);
  return text.length > LONGEST_COMMENT ? `${text.slice(0, LONGEST_COMMENT)}…` : text;
}
