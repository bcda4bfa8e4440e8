import { describe, expect, it } from "vitest";
import { printDiagnostics } from "../../../generator/diagnostics/print.js";
import { parseAcceptance } from "../../../generator/drift/accept/load.js";

/* What may be in an acceptance file, and what is said where something else is. */

function parse(text: string): ReturnType<typeof parseAcceptance> {
  return parseAcceptance({ path: "accepted.yaml", text });
}

/** The findings about one entry, without the lines of the file. */
function findings(entry: string): readonly string[] {
  const { value, diagnostics } = parse(`accepted:\n  - ${entry}\n`);
  expect(value).toBeUndefined();
  return printDiagnostics(diagnostics, undefined, { color: false })
    .split("\n")
    .filter((line) => /^(?:accepted\.yaml|hint)/.test(line));
}

describe("an acceptance file", () => {
  it("says one thing of each kind", () => {
    const { value, diagnostics } = parse(`accepted:
  - reason: known
    operation: GET /videos/**
    class: VideoApi
    position: response 4*
    pointer: /components/schemas/Video
    direction: response
    upTo: undecidable
`);
    expect(diagnostics).toEqual([]);
    expect(value?.entries[0]).toMatchObject({
      operations: ["GET /videos/**"],
      classes: ["VideoApi"],
      positions: ["response 4*"],
      pointers: ["/components/schemas/Video"],
      direction: "response",
      upTo: "undecidable",
    });
  });

  it("gives its entries, and where they stand", () => {
    const { value, diagnostics } = parse(`accepted:
  - reason: known
    rule: [property-added, "enum-*"]
  - { reason: known, author: Ada, expires: 2028-02-29, fingerprint: "0123456789abcdef" }
`);
    expect(diagnostics).toEqual([]);
    expect(value?.entries).toEqual([
      expect.objectContaining({
        reason: "known",
        rules: ["property-added", "enum-*"],
        fingerprints: undefined,
        place: expect.objectContaining({ line: 2, column: 5 }) as unknown,
      }),
      expect.objectContaining({
        author: "Ada",
        expires: "2028-02-29",
        fingerprints: ["0123456789abcdef"],
        place: expect.objectContaining({ line: 4 }) as unknown,
      }),
    ]);
  });

  it("may be empty", () => {
    expect(parse("accepted: []\n").value).toEqual({ entries: [] });
  });
});

describe("an entry", () => {
  it.each<readonly [name: string, entry: string, found: readonly string[]]>([
    [
      "needs a reason",
      "{ rule: property-added }",
      [
        "accepted.yaml:2:5: error[missing-key]: The key reason is missing.",
        "hint: Add it: reason is a text that says why these changes are accepted.",
      ],
    ],
    [
      "needs more than spaces for a reason",
      '{ reason: " ", rule: property-added }',
      [
        "accepted.yaml:2:15: error[invalid-value]: This should be a text that says why these changes are accepted.",
        "hint: See generator/drift/accept/schema.json for all keys and their values.",
      ],
    ],
    [
      "has to say what it accepts",
      "{ reason: known, expires: 2027-01-01 }",
      [
        "accepted.yaml:2:5: error[missing-key]: The entry does not say what it accepts.",
        "hint: Add at least one of fingerprint, rule, operation, class, position, pointer, direction, upTo.",
      ],
    ],
    [
      "names rules that there are",
      "{ reason: known, rule: propery-added }",
      [
        'accepted.yaml:2:28: error[invalid-value]: There is no rule "propery-added".',
        'hint: Did you mean "property-added"?',
      ],
    ],
    [
      "names rules that there are in a list",
      '{ reason: known, rule: ["property-*", toString] }',
      [
        'accepted.yaml:2:43: error[invalid-value]: There is no rule "toString".',
        expect.stringMatching(/^hint: /),
      ],
    ],
    [
      "expires on a day of the calendar",
      "{ reason: known, rule: property-added, expires: 2027-02-29 }",
      [
        'accepted.yaml:2:53: error[invalid-value]: There is no day "2027-02-29".',
        "hint: Write year, month and day, such as 2027-03-31.",
      ],
    ],
    [
      "expires on a day and not at some time",
      "{ reason: known, rule: property-added, expires: tomorrow }",
      [
        "accepted.yaml:2:53: error[invalid-value]: This should be the last day on which they are accepted, such as 2027-03-31.",
        "hint: See generator/drift/accept/schema.json for all keys and their values.",
      ],
    ],
    [
      "has fingerprints in quotes, since some would be numbers",
      "{ reason: known, fingerprint: 1234567890123456 }",
      [
        "accepted.yaml:2:35: error[invalid-value]: This should be the fingerprint of a finding, 16 hexadecimal digits in quotes, or a list of such.",
        "hint: See generator/drift/accept/schema.json for all keys and their values.",
      ],
    ],
    [
      "has no other keys",
      "{ reason: known, rules: property-added, rule: property-added }",
      [
        'accepted.yaml:2:22: error[unknown-key]: The key "rules" is unknown.',
        'hint: Did you mean "rule"?',
      ],
    ],
  ])("%s", (_name, entry, found) => {
    expect(findings(entry)).toEqual(found);
  });

  it("is not read where the file is no YAML", () => {
    const { value, diagnostics } = parse("accepted: [");
    expect(value).toBeUndefined();
    expect(diagnostics.map(({ code }) => code)).toEqual(["yaml-syntax"]);
  });
});
