import { describe, expect, test } from "vitest";
import { printHtml } from "../../../generator/site/element.js";
import { pageContent } from "../../../generator/site/page-content.js";

const PAGES = new Set(["README.md", "VideoApi.md", "models/Video.md", "models/User.md"]);

function htmlOf(text: string, path = "VideoApi.md"): string {
  return printHtml(...pageContent({ path, title: "", text }, PAGES).content).replaceAll("\n", "");
}

describe("pages as HTML", () => {
  test.each([
    ["a comment is left out", "<!-- Generated -->\n\ntext", "<p>text</p>"],
    [
      "an anchor before a heading is its id",
      '<a id="getVideo"></a>\n\n## getVideo',
      '<h2 id="getVideo">getVideo<a class="link" href="#getVideo" aria-label="Link to getVideo"></a></h2>',
    ],
    ["an anchor in a line stays", 'x <a id="y"></a>z', '<p>x <a id="y"></a>z</p>'],
    ["a link to a page", "[v](models/Video.md)", '<p><a href="models/Video.html">v</a></p>'],
    [
      "a link to a place on a page",
      "[v](models/Video.md#name)",
      '<p><a href="models/Video.html#name">v</a></p>',
    ],
    ["a link to the overview", "[v](README.md)", '<p><a href="index.html">v</a></p>'],
    ["a link on the page", "[v](#x)", '<p><a href="#x">v</a></p>'],
    [
      "a link to another site",
      "[v](https://a.example/b?c=d&e)",
      '<p><a href="https://a.example/b?c=d&#x26;e" rel="nofollow noreferrer">v</a></p>',
    ],
    ["a link to no page", "[v](models/Gone.md)", "<p>v</p>"],
    [
      "a link out of the site",
      "[v](../client.ts) [w](/etc/passwd) [x](//a.example)",
      "<p>v w x</p>",
    ],
    ["a link that runs code", "[v](javascript:alert(1)) [w](data:text/html,x)", "<p>v w</p>"],
    ["an image", "![alt](https://a.example/i.png)", "<p>alt</p>"],
    ["a line break", "a<br>b", "<p>a<br>b</p>"],
    ["other HTML", "a <b onclick=x>b</b> <img src=x>\n\n<div>\nx\n</div>", "<p>a b </p>"],
    [
      "a table scrolls by itself",
      "| a |\n| --- |\n| b |",
      '<div class="wide" tabindex="0" role="group" aria-label="Table"><table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table></div>',
    ],
    [
      "a program is coloured",
      '```ts\nconst a = "<b>";\n```',
      '<pre tabindex="0"><code><span class="hljs-keyword">const</span> a = <span class="hljs-string">"&#x3C;b>"</span>;</code></pre>',
    ],
    ["other code is not", "```sh\nconst\n```", '<pre tabindex="0"><code>const</code></pre>'],
    ["a name in a text stays together", "`getVideo`", "<p><code>getVideo</code></p>"],
  ])("%s", (_name, markdown, html) => {
    expect(htmlOf(markdown)).toBe(html);
  });

  test("names in tables can be broken between their words", () => {
    const html = htmlOf("| a |\n| - |\n| `getVideo` `/api/v1/{id}` |");
    expect(html).toContain("<code>get<wbr>Video</code> <code>/<wbr>api/<wbr>v1/<wbr>{id}</code>");
  });

  test("links of models lead out of their folder", () => {
    expect(htmlOf("[a](User.md) [b](../VideoApi.md#x)", "models/Video.md")).toBe(
      '<p><a href="../models/User.html">a</a> <a href="../VideoApi.html#x">b</a></p>',
    );
  });

  test("headings without an anchor are named by what they stand below", () => {
    const html = htmlOf("# A\n\n## One\n\n### Example\n\n## Two\n\n### Example\n\n### Example");
    expect([...html.matchAll(/<h\d id="([^"]*)"/g)].map(([, id]) => id)).toEqual([
      "a",
      "one",
      "one-example",
      "two",
      "two-example",
      "two-example-2",
    ]);
  });

  test("no heading takes the name of an anchor", () => {
    const html = htmlOf('## Video\n\n<a id="video"></a>\n\n## Other');
    expect(html).toContain('<h2 id="video-2">Video');
    expect(html).toContain('<h2 id="video">Other');
  });

  test("sections are the headings of the second level", () => {
    const page = { path: "VideoApi.md", title: "", text: "# A\n\n## B `c`\n\n### D" };
    expect(pageContent(page, PAGES).sections).toEqual([{ id: "b-c", text: "B c" }]);
  });
});

test("a page with parts too deep in each other is shown as it is written", () => {
  const text = `${"> ".repeat(1_000)}deep <a>`;
  const [block] = pageContent({ path: "README.md", title: "", text }, PAGES).content;
  if (block === undefined) throw new Error("nothing is shown");
  expect(printHtml(block)).toMatch(/^<pre tabindex="0"><code>> > .*deep &#x3C;a><\/code><\/pre>$/s);
});
