import type { Element, ElementContent, Properties } from "hast";
import { toHtml } from "hast-util-to-html";

/** An element of HTML. Texts are escaped when it is printed, and nothing else becomes markup. */
export function element(
  tagName: string,
  properties: Properties,
  ...children: readonly (ElementContent | string)[]
): Element {
  return {
    type: "element",
    tagName,
    properties,
    children: children.map((child) =>
      typeof child === "string" ? { type: "text", value: child } : child,
    ),
  };
}

/** Elements as HTML: the only way in which they become text. */
export function printHtml(...nodes: readonly ElementContent[]): string {
  return toHtml([...nodes]);
}
