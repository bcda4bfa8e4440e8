import type { ElementContent } from "hast";
import hljs from "highlight.js/lib/core";
import typescript from "highlight.js/lib/languages/typescript";
import { element } from "./element.js";

/** The languages of code blocks that are coloured. */
const LANGUAGES: ReadonlySet<string> = new Set(["ts", "typescript"]);

/** What highlight.js prints: a span with a class, its end, a reference to a character, or text. */
const TOKEN = /<span class="([\w\- ]+)">|(<\/span>)|&(amp|lt|gt|quot|#x27);|[^<&]+/gy;

const CHARACTERS: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  "#x27": "'",
};

hljs.registerLanguage("typescript", typescript);

/** Code with its words in elements that a style can colour; plain text for a language that is not known. */
export function highlighted(code: string, language: string): readonly ElementContent[] {
  if (!LANGUAGES.has(language)) return [{ type: "text", value: code }];
  const html = hljs.highlight(code, { language: "typescript", ignoreIllegals: true }).value;
  return elementsOf(html);
}

/**
 * What highlight.js printed as elements again, so that it gets onto a page like everything else.
 *
 * @throws Error for anything that it never prints
 */
function elementsOf(html: string): readonly ElementContent[] {
  const root = element("code", {});
  const open = [root];
  let end = 0;
  for (const match of html.matchAll(TOKEN)) {
    const [all, className, isEnd, character] = match;
    end = match.index + all.length;
    const parent = open.at(-1) ?? root;
    if (className !== undefined) {
      const span = element("span", { className: className.split(" ") });
      parent.children.push(span);
      open.push(span);
    } else if (isEnd !== undefined) open.pop();
    else addText(parent, character === undefined ? all : (CHARACTERS[character] ?? ""));
  }
  if (end !== html.length || open.length !== 1)
    throw new Error("unexpected output of highlight.js");
  return root.children;
}

function addText(parent: ReturnType<typeof element>, text: string): void {
  const last = parent.children.at(-1);
  if (last?.type === "text") last.value += text;
  else parent.children.push({ type: "text", value: text });
}
