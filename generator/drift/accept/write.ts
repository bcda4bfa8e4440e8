import { Document, isMap, isSeq, parseDocument, type YAMLMap } from "yaml";
import { visible } from "../../diagnostics/quoted.js";
import type { Finding } from "../finding.js";

/** Why findings are accepted. */
export interface NewAcceptance {
  readonly reason: string;
  readonly author?: string;
  /** A day as `YYYY-MM-DD`. */
  readonly expires?: string;
}

/** The longest comment beside a fingerprint, in UTF-16 units. */
const LONGEST_COMMENT = 100;

/**
 * The text of an acceptance file with one more entry, which accepts findings by their fingerprints; beside each stands
 * what it is. What was in the file stays as it is, comments included.
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
  const entry = entryNode(document, findings, acceptance);
  if (isSeq(list)) {
    list.flow = false;
    list.add(entry);
  } else document.set("accepted", document.createNode([entry]));
  if (isMap(document.contents)) document.contents.flow = false;
  return document.toString({ lineWidth: 0 });
}

function entryNode(
  document: Document,
  findings: readonly Finding[],
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
  const members = { ...texts, fingerprint: fingerprints };
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
