import type { PageContext } from "../../../../generator/docs/markdown/page-context.js";
import type { PagePaths } from "../../../../generator/docs/page-paths.js";

/** The pages of a document with an operation `getVideo`, a tag `Video` and a type `Video`. */
const PATHS: PagePaths = {
  readme: "README.md",
  ofClass: (className) => `${className}.md`,
  ofMethod: (className, methodName) => `${className}.md#${methodName}`,
  ofType: (name) => (name.startsWith("Video") ? `models/${name}.md` : undefined),
  ofScheme: (name) => `README.md#scheme-${name}`,
  ofReference: (url) =>
    new Map([
      ["#operation/getVideo", "VideoApi.md#getVideo"],
      ["#tag/Video", "VideoApi.md"],
      ["#/components/schemas/Video", "models/Video.md"],
    ]).get(url),
};

/** What a text knows that gets on a page of these. */
export function contextOf(page = "VideoApi.md"): PageContext {
  return { paths: PATHS, page, memo: new Map() };
}
