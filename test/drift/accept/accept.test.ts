import { describe, expect, it } from "vitest";
import { accept } from "../../../generator/drift/accept/accept.js";
import type { Finding } from "../../../generator/drift/finding.js";
import { findingOf, placeOf } from "../report/support/builder.js";
import { acceptanceOf } from "../report/support/example.js";

/* Which findings an entry accepts, and what is said of entries that accept none. */

const ANSWER = { kind: "response", status: 404, mediaType: "application/problem+json" } as const;

/** What most rows are about: a change of an answer of two operations. */
const FINDING: Finding = findingOf({
  rule: "property-removed",
  wire: "undecidable",
  source: "safe",
  direction: "response",
  fingerprint: "0123456789abcdef",
  old: {
    pointer: "/components/schemas/Problem/properties/code",
    file: "old.yaml",
    line: 1,
    column: 1,
    value: undefined,
  },
  places: [
    placeOf("GET /videos/{id}", "VideoApi.getVideo", { position: ANSWER }),
    placeOf("DELETE /videos/{id}/rating", "RatingApi.unrate", { position: ANSWER }),
  ],
});
const WITHOUT_PLACE = findingOf({ rule: "class-renamed" });

function open(entry: string, finding = FINDING, today = "2026-01-15"): readonly Finding[] {
  return accept([finding], acceptanceOf(`accepted: [{ reason: known, ${entry} }]`), today).open;
}

describe("an entry", () => {
  it.each([
    ['fingerprint: "0123456789abcdef"'],
    ['fingerprint: ["0000000000000000", "0123456789abcdef"]'],
    ["rule: property-removed"],
    ['rule: "property-*"'],
    ['operation: "* /videos/**"'],
    ["operation: [getVideo, unrate]"],
    ['operation: ["get /videos/{id}", DELETE /videos/*/rating]'],
    ["class: [VideoApi, RatingApi]"],
    ['class: "*Api"'],
    ['position: "response 4*"'],
    ['position: "response * application/problem+json"'],
    ["pointer: /components/schemas/Problem"],
    ["pointer: /components/schemas/*/properties/code"],
    ["pointer: /components/schemas/Problem/properties/code"],
    ["direction: response"],
    ["upTo: undecidable"],
    ["upTo: breaking"],
    ['rule: property-removed, operation: "* /videos/**", position: "response *"'],
  ])("with %s accepts", (entry) => {
    expect(open(entry)).toEqual([]);
  });

  it.each([
    ['fingerprint: "0000000000000000"'],
    ["rule: property-added"],
    ['rule: "*-added"'],
    // One of two places is not enough.
    ['operation: "GET /videos/{id}"'],
    ["operation: getVideo"],
    ["class: VideoApi"],
    ['operation: "GET /videos/**"'],
    ["operation: /videos/**"],
    ['position: "response 2*"'],
    ["position: response"],
    ["position: operation"],
    ["pointer: /components/schemas/Prob"],
    ["pointer: /components/schemas/Problem/properties/code/type"],
    ["direction: request"],
    ["upTo: safe"],
    ['rule: property-removed, position: "body *"'],
  ])("with %s does not", (entry) => {
    expect(open(entry)).toEqual([FINDING]);
  });

  it("that names operations accepts nothing about the document as a whole", () => {
    expect(open('operation: "* /**"', WITHOUT_PLACE)).toEqual([WITHOUT_PLACE]);
    expect(open("rule: class-renamed", WITHOUT_PLACE)).toEqual([]);
  });

  it("names an operation itself, and not its parts, by a word", () => {
    const renamed = findingOf({
      rule: "method-renamed",
      places: [placeOf("GET /videos", "VideoApi.list", { newName: "FilmApi.list" })],
    });
    expect(open("position: operation", renamed)).toEqual([]);
    expect(open("class: FilmApi", renamed)).toEqual([]);
  });

  it.each([
    ["2026-01-14", 0],
    ["2026-01-15", 0],
    ["2026-01-16", 1],
  ])("that expires on 2026-01-15 leaves, on %s, %i open", (today, count) => {
    expect(open("rule: property-removed, expires: 2026-01-15", FINDING, today)).toHaveLength(count);
  });
});

describe("an acceptance file", () => {
  const judge = (text: string): ReturnType<typeof accept> =>
    accept([FINDING, WITHOUT_PLACE], acceptanceOf(text), "2026-01-15");

  it("tells by which entry something is accepted: the first one", () => {
    const { accepted } = judge(`accepted:
  - { reason: first, author: Ada, expires: 2026-12-31, rule: property-removed }
  - { reason: second, rule: "property-*" }
`);
    expect(accepted).toEqual([
      { finding: FINDING, reason: "first", author: "Ada", expires: "2026-12-31" },
    ]);
  });

  it("tells of entries that accept nothing, and of expired ones", () => {
    const { problems, open: left } = judge(`accepted:
  - { reason: right, rule: class-renamed }
  - { reason: never, rule: property-added }
  - { reason: over, rule: property-removed, expires: 2025-12-31 }
  - { reason: long over, rule: property-added, expires: 2025-12-31 }
`);
    expect(left).toEqual([FINDING]);
    expect(problems.map(({ code, message, hint }) => [code, message, hint])).toEqual([
      [
        "unused-acceptance",
        "This entry accepts nothing: no finding matches it.",
        "Remove it, so that the change is told when it comes back.",
      ],
      [
        "expired-acceptance",
        "This entry expired on 2025-12-31: it accepts a finding no longer.",
        "Look at what it accepted again: move the day, or remove it.",
      ],
      [
        "expired-acceptance",
        "This entry expired on 2025-12-31: nothing matches it any more.",
        "Remove it.",
      ],
    ]);
  });

  it("tells of the fingerprints of a list that are of no use", () => {
    const unknown = Array.from({ length: 6 }, (_, index) => `000000000000000${index}`);
    const listed = [FINDING.fingerprint, ...unknown].map((print) => `"${print}"`).join(", ");
    const { problems } = judge(`accepted:
  - { reason: right, rule: class-renamed }
  - { reason: right, fingerprint: [${listed}] }
`);
    expect(problems.map(({ code, message }) => [code, message])).toEqual([
      [
        "unused-acceptance",
        "This entry names fingerprints that no finding has: 0000000000000000, 0000000000000001, 0000000000000002, 0000000000000003, 0000000000000004 and 1 more.",
      ],
    ]);
  });

  it("may be missing", () => {
    expect(accept([FINDING], undefined, "2026-01-15")).toEqual({
      open: [FINDING],
      accepted: [],
      problems: [],
    });
  });
});
