import { createContext, runInContext } from "node:vm";
import MiniSearch, { type AsPlainObject } from "minisearch";
import { describe, expect, test } from "vitest";
import { SEARCH_FIELDS, searchScript, type Entry } from "../../../generator/site/search-data.js";

/** The search as `site.js` opens it. */
function finds(entries: readonly Entry[]): (query: string) => readonly string[] {
  const context = createContext({}) as {
    driftlineSearch: { entries: readonly (readonly string[])[]; index: AsPlainObject };
  };
  runInContext(searchScript(entries), context);
  const { entries: shown, index } = context.driftlineSearch;
  const search = MiniSearch.loadJS(index, { fields: Object.keys(SEARCH_FIELDS) });
  return (query) =>
    search
      .search(query, { boost: SEARCH_FIELDS, combineWith: "AND", prefix: true })
      .map(({ id }) => shown[id as number]?.[2] ?? "");
}

function entry(title: string, more: Partial<Entry> = {}): Entry {
  return {
    kind: "operation",
    service: "shop",
    title,
    detail: "",
    summary: "",
    href: "a.html",
    words: "",
    ...more,
  };
}

describe("the search", () => {
  const find = finds([
    entry("getVideoPlaylist", { detail: "GET /api/v1/video-playlists/{playlistId}" }),
    entry("uploadLegacy", { summary: "Upload a video", words: "upload_legacy_op VideoApi" }),
    entry("OAuthToken", { kind: "model", words: "access_token refreshToken" }),
    entry("__proto__", { words: "constructor toString" }),
  ]);

  test.each([
    ["getVideoPlaylist", ["getVideoPlaylist"]],
    ["getvideopl", ["getVideoPlaylist"]],
    ["playlist get", ["getVideoPlaylist"]],
    ["video-play", ["getVideoPlaylist"]],
    ["/api/v1/video", ["getVideoPlaylist"]],
    ["upload video", ["uploadLegacy"]],
    ["upload_legacy_op", ["uploadLegacy"]],
    ["refresh", ["OAuthToken"]],
    ["access_token", ["OAuthToken"]],
    ["oauth", ["OAuthToken"]],
    ["constructor", ["__proto__"]],
    ["nothing", []],
  ])("finds by %s", (query, titles) => {
    expect(find(query)).toEqual(titles);
  });

  test("has nothing that ends a script", () => {
    expect(searchScript([entry("a", { summary: "</script><!--\u2028" })])).not.toMatch(/<|\u2028/);
  });
});
