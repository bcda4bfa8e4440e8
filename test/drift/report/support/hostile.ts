import { quoted } from "../../../../generator/diagnostics/quoted.js";
import type { DriftReport } from "../../../../generator/drift/drift-report.js";
import type { Finding, FindingPlace, FindingSpot } from "../../../../generator/drift/finding.js";
import type { Position } from "../../../../generator/drift/position.js";
import { acceptanceOf } from "./example.js";
import { comparisonOf, findingOf, reportOf } from "./builder.js";

/** A report in which a text stands wherever a document, a file name, code or an acceptance file could have it. */
export function reportWith(text: string): DriftReport {
  const spot: FindingSpot = {
    pointer: `/paths/${text}`,
    file: text,
    line: 1,
    column: 1,
    value: { [text]: text },
  };
  const positions: readonly Position[] = [
    { kind: "operation" },
    { kind: "parameter", in: "query", name: text },
    { kind: "body", mediaType: text },
    { kind: "response", status: 200, mediaType: text },
    { kind: "header", status: 200, name: text },
  ];
  const places = positions.map((position): FindingPlace => ({
    method: text,
    path: text,
    operationId: text,
    name: text,
    newName: `${text}.${text}`,
    position,
    valuePath: [{ key: text }, "element"],
  }));
  const finding = (rest: Partial<Finding>): Finding => ({
    ...findingOf({
      rule: "property-removed",
      message: `The answer no longer has ${quoted(text)}.`,
    }),
    old: spot,
    new: { ...spot, line: 2 },
    places,
    usages: [{ file: text, line: 1, column: 1, text }],
    ...rest,
  });
  const report = reportOf(
    comparisonOf([
      finding({ wire: "breaking", fingerprint: "0000000000000001" }),
      // A sentence that forgot to quote.
      finding({ message: text, hint: text, places: [], fingerprint: "0000000000000002" }),
      ...places.map((place, index) =>
        finding({ places: [place], fingerprint: `000000000000001${index}` }),
      ),
      finding({ fingerprint: "0000000000000003" }),
    ]),
    {
      name: text,
      acceptance: acceptanceOf('accepted: [{ reason: known, fingerprint: "0000000000000003" }]'),
      files: { old: [{ path: text, text }], new: [{ path: text, text: `${text}\n${text}` }] },
    },
  );
  const label = { location: text, title: text, version: text, hash: "" };
  return {
    ...report,
    comparison: { ...report.comparison, old: label, new: label },
    accepted: report.accepted.map((found) => ({ ...found, reason: text, author: text })),
  };
}
