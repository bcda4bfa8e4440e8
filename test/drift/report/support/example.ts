import { parseAcceptance } from "../../../../generator/drift/accept/load.js";
import type { Acceptance } from "../../../../generator/drift/accept/acceptance.js";
import type { DriftReport } from "../../../../generator/drift/drift-report.js";
import type { Finding, FindingPlace } from "../../../../generator/drift/finding.js";
import type { ValuePath } from "../../../../generator/drift/position.js";
import { comparisonOf, findingOf, fixtureFile, placeOf, reportOf, spotOf } from "./builder.js";

/* The reports that golden files show: on two small documents, and on two that do not differ. */

const OLD = fixtureFile("old.yaml");
const NEW = fixtureFile("new.yaml");
const VIDEO = "/components/schemas/Video/properties";

function answer(operation: string, name: string, valuePath: ValuePath): FindingPlace {
  const position = { kind: "response", status: 200, mediaType: "application/json" } as const;
  return placeOf(operation, name, { position, valuePath });
}

function videos(...keys: readonly string[]): readonly FindingPlace[] {
  const path = keys.map((key) => ({ key }));
  return [
    answer("GET /videos", "VideoApi.listVideos", [{ key: "data" }, "element", ...path]),
    answer("POST /videos", "VideoApi.addVideo", path),
    answer("GET /videos/{id}", "VideoApi.getVideo", path),
  ];
}

function parameter(name: string): FindingPlace {
  const position = { kind: "parameter", in: "query", name } as const;
  return placeOf("GET /videos", "VideoApi.listVideos", { position });
}

function body(...keys: readonly string[]): FindingPlace {
  const position = { kind: "body", mediaType: "application/json" } as const;
  return placeOf("POST /videos", "VideoApi.addVideo", {
    position,
    valuePath: keys.map((key) => ({ key })),
  });
}

const FINDINGS: readonly Finding[] = [
  findingOf({
    rule: "property-removed",
    wire: "breaking",
    source: "breaking",
    direction: "response",
    message: 'The answer no longer has "host".',
    old: spotOf(OLD, `${VIDEO}/account/properties/host`),
    new: spotOf(NEW, `${VIDEO}/account/properties`),
    places: videos("account", "host"),
    usages: [
      { file: "src/videos.ts", line: 12, column: 24, text: "return video.account.host;" },
      { file: "src/pages/list.ts", line: 3, column: 9, text: "const { host } = item.account;" },
      { file: "src/pages/list.ts", line: 40, column: 31, text: "link(video.account.host)" },
      { file: "src/pages/one.ts", line: 8, column: 5, text: "account.host" },
    ],
  }),
  findingOf({
    rule: "enum-value-removed",
    wire: "breaking",
    source: "breaking",
    direction: "request",
    message: 'Values of "sort" may no longer be "match".',
    old: spotOf(OLD, "/paths/~1videos/get/parameters/0/schema/enum/2"),
    new: spotOf(NEW, "/paths/~1videos/get/parameters/0/schema/enum"),
    places: [parameter("sort")],
  }),
  findingOf({
    rule: "required-property-added",
    wire: "breaking",
    source: "breaking",
    direction: "request",
    message: 'The body needs "channelId".',
    new: spotOf(NEW, "/components/schemas/NewVideo/properties/channelId"),
    places: [body("channelId")],
  }),
  findingOf({
    rule: "method-renamed",
    source: "breaking",
    message: 'The method is called "findVideo" instead of "getVideo".',
    old: spotOf(OLD, "/paths/~1videos~1{id}/get/operationId"),
    new: spotOf(NEW, "/paths/~1videos~1{id}/get/operationId"),
    places: [placeOf("GET /videos/{id}", "VideoApi.getVideo", { newName: "VideoApi.findVideo" })],
  }),
  findingOf({
    rule: "class-renamed",
    source: "breaking",
    message: 'The class "RatingApi" is gone.',
    old: spotOf(OLD, "/paths/~1videos~1{id}~1rating/put/tags/0"),
  }),
  findingOf({
    rule: "pattern-changed",
    wire: "undecidable",
    direction: "request",
    message: 'Values of "name" have to match "^[a-z]{2,}$" instead of "^[a-z]+$".',
    old: spotOf(OLD, "/components/schemas/NewVideo/properties/name/pattern"),
    new: spotOf(NEW, "/components/schemas/NewVideo/properties/name/pattern"),
    places: [body("name")],
  }),
  findingOf({
    rule: "property-added",
    direction: "response",
    message: 'The answer has "duration", too.',
    new: spotOf(NEW, `${VIDEO}/duration`),
    places: videos("duration"),
  }),
  findingOf({
    rule: "type-widened",
    direction: "request",
    message: 'Values of "count" may be up to 200 instead of 100.',
    old: spotOf(OLD, "/paths/~1videos/get/parameters/1/schema/maximum"),
    new: spotOf(NEW, "/paths/~1videos/get/parameters/1/schema/maximum"),
    places: [parameter("count")],
  }),
];

/** An acceptance file of which one entry accepts something, one is not needed and one has expired. */
const ACCEPTANCE = `accepted:
  - reason: The server always took longer lists than it said.
    author: Ada
    expires: 2026-06-30
    rule: type-widened
    operation: GET /videos
    position: query count
  - reason: Nobody rates pictures.
    operation: PUT /pictures/**
  - reason: The web page has to follow first.
    expires: 2025-12-31
    class: VideoApi
    rule: method-*
`;

/** What all the golden reports tell. */
export function exampleReports(): readonly DriftReport[] {
  const texts = [
    {
      what: "description",
      old: spotOf(OLD, "/paths/~1videos/get/responses/200/description"),
      new: spotOf(NEW, "/paths/~1videos/get/responses/200/description"),
    } as const,
  ];
  return [
    reportOf(comparisonOf(FINDINGS, { texts }), {
      acceptance: acceptanceOf(ACCEPTANCE),
      files: { old: [OLD], new: [NEW] },
    }),
    reportOf(comparisonOf([]), { name: "pictures" }),
  ];
}

/** Reads an acceptance file in which nothing is wrong. */
export function acceptanceOf(text: string): Acceptance {
  const { value, diagnostics } = parseAcceptance({ path: "accepted.yaml", text });
  if (value === undefined) throw new Error(JSON.stringify(diagnostics));
  return value;
}
