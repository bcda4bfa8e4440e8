import { describe, expect, it } from "vitest";
import { linkTarget } from "../../templates/runtime/link-header.js";

describe("the target of a link", () => {
  it.each<{ header: string; next?: string; prev?: string }>([
    { header: "" },
    { header: "</2>" },
    { header: '</2>; rel="next"', next: "/2" },
    { header: "</2>; rel=next", next: "/2" },
    { header: "</2>;rel=next", next: "/2" },
    { header: '</2>; REL="Next"', next: "/2" },
    { header: '< /2 > ; rel = "next" ; title=x', next: "/2" },
    { header: '<>; rel="next"', next: "" },
    { header: '</2>; rel="next", </0>; rel="prev"', next: "/2", prev: "/0" },
    { header: '</0>; rel="prev", </2>; rel="next"', next: "/2", prev: "/0" },
    { header: '</0>; rel="prev",</2>; rel="next"', next: "/2", prev: "/0" },
    { header: ', ,</2>; rel="next",', next: "/2" },
    { header: '</1>; rel="next prev"', next: "/1", prev: "/1" },
    { header: '</1>; rel="last\tnext  up"', next: "/1" },
    { header: '</1>; rel="nextish xnext"' },
    { header: '</1>; rel="next", </2>; rel="next"', next: "/1" },
    // Of several relations of one link, the first counts.
    { header: '</1>; rel="last"; rel="next"' },
    { header: '</a,b;c>; rel="next"', next: "/a,b;c" },
    { header: '</1>; title="a, b; <c>; rel=next"; rel="prev"', prev: "/1" },
    { header: String.raw`</1>; title="say \"x\", <y>; rel=next"; rel="prev"`, prev: "/1" },
    { header: '</1>; rel="n\\ext"', next: "/1" },
    { header: "</1>; rel*=next; rel=prev", prev: "/1" },
    { header: '</1>; crossorigin; rel="next"', next: "/1" },
    { header: '</1>; rel="next"; anchor="#foo", </2>; rel="next"', next: "/2" },
    { header: 'nonsense, </1>; rel="next"', next: "/1" },
    { header: 'a="x, y"; rel="next", </1>; rel="next"', next: "/1" },
    { header: '</1>; title="x" y=z; rel="next"', next: "/1" },
    { header: "</1" },
    { header: '</1>; rel="next', next: "/1" },
    { header: "</1>; rel=" },
    { header: '</1>; rel="\\' },
    { header: '</1>; __proto__=x; constructor=y; rel="next"', next: "/1" },
  ])("$header", ({ header, next, prev }) => {
    expect(linkTarget(header, "next")).toBe(next);
    expect(linkTarget(header, "prev")).toBe(prev);
  });

  it.each([
    ["<", ""],
    ["<>", ""],
    [",", ""],
    [";", ""],
    ["=", ""],
    [" ", "x"],
    ["<a>;", ""],
    ["<a>; rel=", '"'],
    ["</>; rel=", '"\\'],
    ['"', ""],
    ["\\", ""],
    ["<a>; b=c, ", ""],
    ["; a", "<"],
    ["a=\t", ""],
  ])("is looked for in linear time: %s", (piece, end) => {
    const header = `</1>; rel=prev; a=${piece.repeat(200_000 / piece.length)}${end}`;
    const start = performance.now();
    linkTarget(header, "next");
    // 200 kB take a few milliseconds; in quadratic time they take many seconds.
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});
