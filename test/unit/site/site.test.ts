import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { makeSite } from "../../../generator/site/site.js";
import { siteAssets } from "../../../generator/templates.js";
import { TRICKS } from "../../hostile/support/tricks.js";
import { documentOf, serviceOf, tagsOf, textsOf, type Tag } from "./support.js";

/** What pages consist of: the elements, and the attributes that any of them may have. */
const ELEMENTS = new Set(
  (
    "a article b blockquote body br code del details div em h1 h2 h3 h4 h5 h6 head header hr html input li link main " +
    "meta nav ol p pre script small span strong summary table tbody td th thead title tr ul wbr"
  ).split(" "),
);
const ATTRIBUTES = new Set(
  (
    "align aria-autocomplete aria-controls aria-current aria-expanded aria-keyshortcuts aria-label autocomplete " +
    "charset class content data-kind data-root data-service defer hidden href http-equiv id lang name open " +
    "placeholder rel role spellcheck src start tabindex type"
  ).split(" "),
);

let one: ReadonlyMap<string, string>;
let several: ReadonlyMap<string, string>;

beforeAll(async () => {
  const assets = await siteAssets();
  const tricks = Object.values(TRICKS);
  const many = Object.fromEntries(
    Array.from({ length: 120 }, (_, index) => [`Model${index}`, { type: "string" }]),
  );
  const hostile = await serviceOf("hostile", documentOf(tricks, many));
  const shop = await serviceOf("shop", documentOf(["Read a thing"]));
  one = textsOf(makeSite([shop], assets));
  several = textsOf(makeSite([shop, hostile], assets));
}, 60_000);

function pagesOf(
  site: ReadonlyMap<string, string>,
): readonly (readonly [string, readonly Tag[]])[] {
  return [...site]
    .filter(([file]) => file.endsWith(".html"))
    .map(([file, html]) => [file, tagsOf(html)] as const);
}

describe("a site", () => {
  test("of one service has its pages at the root", () => {
    expect([...one.keys()].sort()).toEqual([
      "Group0Api.html",
      "icon.svg",
      "index.html",
      "minisearch.js",
      "models/Thing.html",
      "search.js",
      "site.css",
      "site.js",
    ]);
  });

  test("of several services has a folder for each, and a page that lists them", () => {
    expect([...several.keys()]).toContain("shop/Group0Api.html");
    expect([...several.keys()]).toContain("hostile/index.html");
    const links = tagsOf(several.get("index.html") ?? "").filter(({ name }) => name === "a");
    expect(links.map(({ attributes }) => attributes.get("href"))).toContain("shop/index.html");
  });

  test("has no link or source that leads nowhere", () => {
    const dead = [...pagesOf(one), ...pagesOf(several)].length;
    expect(dead).toBeGreaterThan(100);
    expect(deadLinks(one)).toEqual([]);
    expect(deadLinks(several)).toEqual([]);
  });

  test("has no id twice on a page", () => {
    const doubles = pagesOf(several).flatMap(([file, tags]) => {
      const ids = tags.flatMap(({ attributes }) => attributes.get("id") ?? []);
      return ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `${file}#${id}`);
    });
    expect(doubles).toEqual([]);
  });

  test("lets a browser do nothing but show it", () => {
    for (const [, tags] of pagesOf(several)) {
      const scripts = tags.filter(({ name }) => name === "script");
      expect(scripts.map(({ text }) => text)).toEqual([""]);
      const policy = tags.find(({ attributes }) => attributes.has("http-equiv"));
      expect(policy?.attributes.get("content")).toMatch(/^default-src 'none'; script-src 'self';/);
      expect(policy?.attributes.get("content")).not.toContain("unsafe");
    }
  });

  test("says where one is", () => {
    const current = tagsOf(one.get("Group0Api.html") ?? "")
      .filter(({ attributes }) => attributes.get("aria-current") === "page")
      .map(({ text }) => text);
    expect(current).toEqual(["Group0Api"]);
  });

  test("leaves long lists of the sidebar to the script", () => {
    const short = sidebarLinks(one, "index.html").filter((href) => href.includes("models/"));
    expect(short).toEqual(["models/Thing.html"]);
    const long = sidebarLinks(several, "hostile/models/Thing.html");
    expect(long.filter((href) => href.includes("models/"))).toEqual([
      "../../hostile/models/Thing.html",
    ]);
  });
});

describe("texts of a hostile document", () => {
  test("become no element and no attribute", () => {
    const strange = pagesOf(several).flatMap(([file, tags]) =>
      tags.flatMap(({ name, attributes }) => [
        ...(ELEMENTS.has(name) ? [] : [`${file}: <${name}>`]),
        ...[...attributes.keys()]
          .filter((attribute) => !ATTRIBUTES.has(attribute))
          .map((attribute) => `${file}: ${attribute}`),
      ]),
    );
    expect(strange).toEqual([]);
  });

  test("do not end the script of the search, or hide in it", () => {
    expect(several.get("search.js")).not.toMatch(/<|[\p{Cf}\u2028\u2029]/u);
  });

  test("hide nothing in titles", () => {
    const titles = pagesOf(several).flatMap(([, tags]) =>
      tags.filter(({ name }) => name === "title" || name === "h1").map(({ text }) => text),
    );
    expect(titles.filter((title) => /\p{Cf}/u.test(title))).toEqual([]);
  });
});

function sidebarLinks(site: ReadonlyMap<string, string>, file: string): readonly string[] {
  const html = site.get(file) ?? "";
  const nav = html.slice(html.indexOf("<nav"), html.indexOf("</nav>"));
  return tagsOf(nav).flatMap(({ attributes }) => attributes.get("href") ?? []);
}

function deadLinks(site: ReadonlyMap<string, string>): readonly string[] {
  const pages = new Map(pagesOf(site));
  return [...pages].flatMap(([file, tags]) =>
    tags
      .flatMap(({ attributes }) => attributes.get("href") ?? attributes.get("src") ?? [])
      .filter((url) => !/^(?:https?|mailto):/.test(url) && !isThere(url, file, site, pages))
      .map((url) => `${file}: ${url}`),
  );
}

function isThere(
  url: string,
  file: string,
  site: ReadonlyMap<string, string>,
  pages: ReadonlyMap<string, readonly Tag[]>,
): boolean {
  const [target = "", id] = url.split("#", 2);
  const found = target === "" ? file : path.posix.join(path.posix.dirname(file), target);
  if (id === undefined) return site.has(found);
  return pages.get(found)?.some(({ attributes }) => attributes.get("id") === id) === true;
}
