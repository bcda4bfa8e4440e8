import type { ElementContent } from "hast";
import { expect, test } from "vitest";
import { highlighted } from "../../../generator/site/highlight.js";
import { TRICKS } from "../../hostile/support/tricks.js";

test.each(Object.entries(TRICKS))("colours change nothing of %s", (_name, text) => {
  const code = `const a = ${text};\n\`\${${text}}\` /* ${text} */`;
  expect(highlighted(code, "ts").map(textOf).join("")).toBe(code);
});

function textOf(node: ElementContent): string {
  if (node.type === "text") return node.value;
  return node.type === "element" ? node.children.map(textOf).join("") : "";
}
