import { expect, it } from "vitest";
import { inlineText } from "../../../../generator/docs/markdown/inline-text.js";
import { contextOf } from "./support.js";

const CASES: Readonly<Record<string, readonly [text: string, expected: string]>> = {
  words: ["Returns a video.", "Returns a video."],
  "lines of a paragraph": ["One\nand the same.", "One and the same."],
  paragraphs: ["One.\n\nAnother.", "One.<br>Another."],
  "line break": ["One\\\ntwo", "One<br>two"],
  list: ["Either:\n\n- `1`: one\n- `2`: two", "Either:<br>- `1`: one<br>- `2`: two"],
  "list at the beginning": ["- a\n- b", "\\- a<br>- b"],
  "numbered list": ["x\n\n3. a\n4. b", "x<br>3. a<br>4. b"],
  "number at the beginning": ["1\\. a", "1\\. a"],
  "list of HTML": ["<ul><li>a<li>b</ul>", "\\- a<br>- b"],
  heading: ["# a\n\nb", "**a**<br>b"],
  quotation: ["> a\n>\n> b", "a<br>b"],
  fence: ["```json\na  b\nc\n```", "`a  b`<br>`c`"],
  "table of its own": ["| a | b |\n| - | - |\n| 1 | 2 |", "a, b<br>1, 2"],
  rule: ["a\n\n---\n\nb", "a<br>b"],
  link: ["[x](#operation/getVideo)", "[x](#getVideo)"],
  "link with spaces": ["see [ x ](#operation/getVideo)", "see [x](#getVideo)"],
  pipe: ["a | b", "a | b"],
  HTML: ["<img src=x>", "\\<img src=x>"],
  nothing: ["", ""],
};

it.each(Object.entries(CASES))("%s", (_, [text, expected]) => {
  expect(inlineText(text, contextOf())).toBe(expected);
});
