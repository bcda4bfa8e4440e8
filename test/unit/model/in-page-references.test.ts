import { describe, expect, it } from "vitest";
import { inPageIdentity, inPageTargets } from "../../../generator/model/in-page-references.js";
import { nameApi } from "../../../generator/names/name.js";
import { resolveApi } from "../../../generator/resolve/resolve.js";
import { documentOf, sourceOf } from "../../support/generate.js";

const RESPONSES = { "204": { description: "Done." } };

const DOCUMENT = documentOf({
  paths: {
    "/a": {
      get: { tags: ["Video Mirroring"], operationId: "get_a", responses: RESPONSES },
      put: { tags: ["Session"], operationId: "put/a", responses: RESPONSES },
      post: { tags: ["Session"], responses: RESPONSES },
    },
    "/twins": {
      get: { tags: ["Twin One"], operationId: "twins", responses: RESPONSES },
      put: { tags: ["Twin-One"], responses: RESPONSES },
    },
  },
  components: { schemas: { video: { type: "object", properties: { id: { type: "string" } } } } },
});

const api = resolveApi(sourceOf(DOCUMENT)).value;
const named = api && nameApi(api, undefined, []).value;
if (named === undefined) throw new Error("no names");
const targets = inPageTargets(named);

const GET_A = { kind: "method", className: "VideoMirroringApi", methodName: "getA" };
const VIDEO = { kind: "type", typeName: "Video" };

describe("what a link in a description leads to", () => {
  it.each([
    ["#operation/get_a", GET_A],
    ["#tag/Video-Mirroring/operation/get_a", GET_A],
    ["#operation/put%2Fa", { kind: "method", className: "SessionApi", methodName: "putA" }],
    ["#tag/Video-Mirroring", { kind: "class", className: "VideoMirroringApi" }],
    ["#tag/Video%20Mirroring", { kind: "class", className: "VideoMirroringApi" }],
    ["#schema/video", VIDEO],
    ["#/components/schemas/video", VIDEO],
    ["#operation/getA", undefined],
    ["#operation/constructor", undefined],
    ["#operation/%", undefined],
    ["#operation/", undefined],
    ["#tag/Twin-One", undefined],
    ["#tag/Session/x", undefined],
    ["#section/Errors", undefined],
    ["https://example.org/#operation/get_a", undefined],
  ])("%s", (url, expected) => {
    expect(targets.get(inPageIdentity(url) ?? "")).toEqual(expected);
  });
});
