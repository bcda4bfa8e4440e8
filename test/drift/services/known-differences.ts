/*
 * Why our documents differ from the published ones: what specs/CORRECTIONS.md tells difference by difference, by what
 * the differences are about. The acceptance files beside the documents are made of it.
 */

/** What is looked at of a finding: as in the JSON report. */
export interface ReportedFinding {
  readonly rule: string;
  readonly fingerprint: string;
  readonly places: readonly { readonly position: ReportedPosition }[];
}

interface ReportedPosition {
  readonly kind: string;
  readonly status?: string | number;
}

/** A reason, and which findings it is the reason of. The first one that fits counts. */
interface Reason {
  readonly reason: string;
  readonly fits: (finding: ReportedFinding) => boolean;
}

const rule =
  (pattern: RegExp): Reason["fits"] =>
  (finding) =>
    pattern.test(finding.rule);

export const REASONS: readonly Reason[] = [
  {
    reason: "How lists are paged and what may be repeated: OpenAPI has no words for it.",
    fits: rule(/^(pagination|idempotency)-/),
  },
  {
    reason: "Errors: ours tells the bodies and statuses that the server sends.",
    fits: ({ places }) => places.length > 0 && places.every(({ position }) => isError(position)),
  },
  {
    reason: "Names: ours gives ids to operations that have none, and names to schemas.",
    fits: rule(/^(export|method|class|credential|operation-id|schema-renamed|tag)/),
  },
  {
    reason: "Who may call: ours follows the checks of the server.",
    fits: rule(/^(security|oauth|scope)/),
  },
  {
    reason: "What may be null: ours follows what the server sends and takes.",
    fits: rule(/^null-/),
  },
  {
    reason: "What is always there: ours names what the server always sends or needs.",
    fits: rule(/(became-(optional|required)|member-optional|member-required)$/),
  },
  {
    reason: "What only one side sets: ours marks it.",
    fits: rule(/became-(read-only|write-only|writable|readable)$/),
  },
  {
    reason: "Limits, patterns and formats: ours has those that the server checks.",
    fits: rule(/^(min|max|multiple|pattern|format|content-changed|items-)/),
  },
  {
    reason: "Values and their alternatives: ours lists those of the server.",
    fits: rule(/^(enum|variant|one-of|value-)/),
  },
  { reason: "Defaults: ours has those of the server.", fits: rule(/^default-/) },
  { reason: "Types: ours has those that the server sends and reads.", fits: rule(/^type-/) },
  {
    reason: "Headers, bodies, media types and statuses: ours follows what is sent.",
    fits: rule(/^(header|body|media-type|encoding|response|answer|success|serialization)/),
  },
  {
    reason: "Fields and parameters: ours has those of the server.",
    fits: rule(
      /^(property|properties|required-property|member|parameter|required-parameter|additional)/,
    ),
  },
  {
    reason: "Operations: ours has the method and path that the server answers.",
    fits: rule(/^(operation|no-longer-deprecated|deprecated|server)/),
  },
];

function isError({ kind, status }: ReportedPosition): boolean {
  return (kind === "response" || kind === "header") && /^(4|5|default)/.test(String(status));
}

/** The text of an acceptance file. Throws where a finding has no reason. */
export function acceptanceText(version: string, findings: readonly ReportedFinding[]): string {
  const byReason = new Map<string, string[]>(REASONS.map(({ reason }) => [reason, []]));
  for (const finding of findings) {
    const known = REASONS.find(({ fits }) => fits(finding));
    if (known === undefined) throw new Error(`Nobody knows why: ${finding.rule}`);
    byReason.get(known.reason)?.push(finding.fingerprint);
  }
  const entries = [...byReason].filter(([, fingerprints]) => fingerprints.length > 0);
  return [
    "# yaml-language-server: $schema=../generator/drift/accept/schema.json",
    `# How our document differs from the published one of version ${version}, and why; CORRECTIONS.md tells each`,
    "# difference with what shows it. Written by UPDATE_GOLDEN=1 npx vitest run test/drift/services/known-differences.",
    "accepted:",
    ...entries.flatMap(([reason, fingerprints]) => [
      `  - reason: "${reason} See CORRECTIONS.md."`,
      "    fingerprint:",
      "      [",
      ...linesOf([...new Set(fingerprints)].sort()),
      "      ]",
    ]),
    "",
  ].join("\n");
}

/** As many on a line as prettier puts there. */
function linesOf(fingerprints: readonly string[]): readonly string[] {
  return fingerprints.map((fingerprint) => `        "${fingerprint}",`);
}
