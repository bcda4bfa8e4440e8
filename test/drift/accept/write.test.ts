import { describe, expect, it } from "vitest";
import { accept } from "../../../generator/drift/accept/accept.js";
import { addAcceptance } from "../../../generator/drift/accept/write.js";
import { TRICKS } from "../../hostile/support/tricks.js";
import { findingOf, placeOf } from "../report/support/builder.js";
import { acceptanceOf } from "../report/support/example.js";

const FINDINGS = [
  findingOf({
    wire: "breaking",
    rule: "property-removed",
    message: 'The answer no longer has "host".',
    fingerprint: "1234567890123456",
    places: [placeOf("GET /videos", "VideoApi.listVideos")],
  }),
  findingOf({
    source: "breaking",
    rule: "class-renamed",
    message: 'The class "A" is gone.',
    fingerprint: "12345678901234e5",
  }),
];

describe("a new entry", () => {
  it("begins a file", () => {
    const text = addAcceptance(undefined, FINDINGS, {
      reason: "The server does that: always.",
      author: "Ada",
      expires: "2027-03-31",
    });
    expect(text).toBe(`accepted:
  - reason: "The server does that: always."
    author: Ada
    expires: 2027-03-31
    fingerprint:
      - "1234567890123456" # property-removed: GET /videos: The answer no longer has "host".
      - "12345678901234e5" # class-renamed: The class "A" is gone.
`);
    expect(accept(FINDINGS, acceptanceOf(text), "2027-03-31").open).toEqual([]);
  });

  it("leaves what was there as it was", () => {
    const before = `# What we know.
accepted:
  # Until they answer.
  - reason: known
    rule: "header-*" # all of them
`;
    const after = addAcceptance(before, FINDINGS.slice(0, 1), { reason: "new" });
    expect(after).toBe(`${before}  - reason: new
    fingerprint:
      - "1234567890123456" # property-removed: GET /videos: The answer no longer has "host".
`);
  });

  it("accepts nothing that is worse than what it was made for", () => {
    const unsure = findingOf({
      rule: "pattern-changed",
      wire: "undecidable",
      fingerprint: "1212121212121212",
    });
    const text = addAcceptance(undefined, [unsure, ...FINDINGS], { reason: "new" });
    const { entries } = acceptanceOf(text);
    expect(entries.map(({ upTo, fingerprints }) => [upTo, fingerprints?.length])).toEqual([
      [undefined, 2],
      ["undecidable", 1],
    ]);
    const worse = { ...unsure, wire: "breaking" as const };
    expect(accept([unsure], acceptanceOf(text), "2026-01-15").open).toEqual([]);
    expect(accept([worse], acceptanceOf(text), "2026-01-15").open).toEqual([worse]);
  });

  it.each(["accepted: []\n", "accepted: []", "{ accepted: [] }\n", "{}\n", ""])(
    "can be the first one of %j",
    (before) => {
      const text = addAcceptance(before, FINDINGS, { reason: "new" });
      expect(acceptanceOf(text).entries).toHaveLength(1);
      expect(accept(FINDINGS, acceptanceOf(text), "2026-01-15").open).toEqual([]);
    },
  );

  it.each(Object.entries(TRICKS))("has reasons and comments that stay such: %s", (_name, text) => {
    const finding = { ...findingOf({ rule: "property-removed", message: text }) };
    const places = [placeOf("GET /", undefined, { path: text, method: text })];
    const reason = `${text}.`;
    const written = addAcceptance(undefined, [{ ...finding, places }], { reason });
    const { entries } = acceptanceOf(written);
    expect(entries.map((entry) => entry.reason)).toEqual([reason.toWellFormed()]);
    expect(entries[0]?.fingerprints).toEqual([finding.fingerprint]);
  });
});
