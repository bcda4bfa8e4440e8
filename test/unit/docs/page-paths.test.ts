import { describe, expect, it } from "vitest";
import {
  anchorIn,
  linkFrom,
  pagePaths,
  type PagePaths,
  type Placed,
} from "../../../generator/docs/page-paths.js";
import { isSafePath } from "../../../generator/output/paths.js";

const PATHS = pagePaths({
  classes: [
    {
      className: "VideoApi",
      operations: [{ declarations: [{ name: "GetVideoParams" }, { name: "GetVideoResponses" }] }],
    },
  ],
  models: modelsOf("Video", "VideoFile"),
  inPageTargets: new Map([
    ["operation getVideo", { kind: "method", className: "VideoApi", methodName: "getVideo" }],
    ["tag Video", { kind: "class", className: "VideoApi" }],
    ["schema Video", { kind: "type", typeName: "Video" }],
  ]),
});

/** The paths of a document that has nothing but types of these names. */
function pathsWith(...names: readonly string[]): PagePaths {
  return pagePaths({ classes: [], models: modelsOf(...names), inPageTargets: new Map() });
}

function modelsOf(...names: readonly string[]): Placed["models"] {
  return names.map((name) => ({ declaration: { name } }));
}

describe("places", () => {
  it("are pages of classes and types, and anchors on them", () => {
    expect(PATHS.ofClass("VideoApi")).toBe("VideoApi.md");
    expect(PATHS.ofMethod("VideoApi", "getVideo")).toBe("VideoApi.md#getVideo");
    expect(PATHS.ofType("Video")).toBe("models/Video.md");
    expect(PATHS.ofType("GetVideoParams")).toBe("VideoApi.md#GetVideoParams");
    expect(PATHS.ofScheme("OAuth2")).toBe("README.md#scheme-OAuth2");
  });

  it("are none for types of the runtime and of the language", () => {
    expect(["FilePart", "Blob", "toString", "__proto__"].map((name) => PATHS.ofType(name))).toEqual(
      Array(4).fill(undefined),
    );
  });

  it("are not those that headings have by themselves, in small letters", () => {
    expect(anchorIn(PATHS.ofMethod("VideoApi", "search"))).toBe("method-search");
  });

  it("of a page have no anchor", () => {
    expect(anchorIn(PATHS.ofClass("VideoApi"))).toBeUndefined();
  });
});

describe("links of the document", () => {
  it.each([
    ["#operation/getVideo", "VideoApi.md#getVideo"],
    ["#tag/Video/operation/getVideo", "VideoApi.md#getVideo"],
    ["#tag/Video", "VideoApi.md"],
    ["#/components/schemas/Video", "models/Video.md"],
    ["#schema/Video", "models/Video.md"],
  ])("%s leads to %s", (url, place) => {
    expect(PATHS.ofReference(url)).toBe(place);
  });

  it.each(["#operation/gone", "#section/Errors", "#", "/videos", "https://example.com/#tag/Video"])(
    "%s leads nowhere",
    (url) => {
      expect(PATHS.ofReference(url)).toBeUndefined();
    },
  );
});

describe("a link", () => {
  it.each([
    ["VideoApi.md", "VideoApi.md#getVideo", "#getVideo"],
    ["VideoApi.md", "UserApi.md#getUser", "UserApi.md#getUser"],
    ["VideoApi.md", "models/Video.md", "models/Video.md"],
    ["models/User.md", "models/Video.md", "Video.md"],
    ["models/User.md", "VideoApi.md#getVideo", "../VideoApi.md#getVideo"],
    ["models/User.md", "README.md", "../README.md"],
    ["README.md", "README.md", "README.md"],
  ])("from %s to %s is %s", (page, place, link) => {
    expect(linkFrom(page, place)).toBe(link);
  });
});

/** Names that file systems, web servers or viewers of Markdown take for something else, or may not know. */
const ODD = ["Con", "AUX", "nul", "Readme", "README", "Index", "名前", "Größe", "$ref", "Ab"];

describe.each(ODD)("the name %s", (name) => {
  const places = placesOf(pathsWith(name), name);

  it("makes paths and anchors that are safe", () => {
    for (const place of places) {
      const [file = "", anchor = "a"] = place.split("#");
      expect(isSafePath(file)).toBe(true);
      expect(anchor).toMatch(/^[\w-]+$/);
      expect(file).not.toMatch(/(?:^|\/)(?:index|readme)\.md$/i);
    }
  });

  it("makes the same ones, whatever else there is", () => {
    const others = pathsWith(...ODD, "Video");
    expect(placesOf(others, name)).toEqual(places);
  });
});

it("gives each name a page of its own, also where case makes no difference", () => {
  const paths = pathsWith(...ODD);
  const files = ODD.map((name) => paths.ofType(name)?.toLowerCase());
  expect(new Set(files).size).toBe(ODD.length);
});

it("gives each security scheme an anchor of its own", () => {
  const names = ["basic", "Basic Auth", "Basic_Auth", "Basic-Auth", "../x", '"><script>', "", "名"];
  const anchors = names.map((name) => anchorIn(PATHS.ofScheme(name)) ?? "");
  expect(new Set(anchors).size).toBe(names.length);
  expect(anchors.filter((anchor) => !/^[\w-]+$/.test(anchor))).toEqual([]);
});

function placesOf(paths: PagePaths, name: string): readonly string[] {
  return [paths.ofClass(name), paths.ofMethod("VideoApi", name), paths.ofType(name) ?? ""];
}
