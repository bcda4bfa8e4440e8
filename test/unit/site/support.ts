import { parse, type DefaultTreeAdapterTypes } from "parse5";
import { hasErrors } from "../../../generator/diagnostics/diagnostic.js";
import type { JsonValue } from "../../../generator/document/source.js";
import { makePages } from "../../../generator/pipeline.js";
import type { SiteFile, SiteService } from "../../../generator/site/site.js";
import { loadFrom } from "../document/memory-files.js";

/** What a site has of a document that exists only in memory. */
export async function serviceOf(name: string, document: JsonValue): Promise<SiteService> {
  const { value: source, diagnostics } = await loadFrom({ "api.yaml": JSON.stringify(document) });
  if (source === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  const pages = { clientModule: `./generated/${name}/index.js` };
  const made = await makePages(source, { runtime: "../runtime", pages });
  if (made.value === undefined || hasErrors(made.diagnostics))
    throw new Error(made.diagnostics.map(({ message }) => message).join("\n"));
  return { name, ...made.value };
}

/** A document of one operation for each text, which is all that its texts say. */
export function documentOf(
  texts: readonly string[],
  schemas: Readonly<Record<string, JsonValue>> = {},
): JsonValue {
  return {
    openapi: "3.1.0",
    info: { title: texts[0] ?? "Shop", version: "1", description: texts[0] ?? "" },
    servers: [{ url: "https://api.example" }],
    paths: Object.fromEntries(
      texts.map((text, index) => [`/things/${index}`, { get: operationOf(text, index) }]),
    ),
    components: { schemas: { Thing: { type: "object", properties: { id: {} } }, ...schemas } },
  };
}

function operationOf(text: string, index: number): JsonValue {
  const schema = { type: "string", description: text, default: text };
  const answer = { $ref: "#/components/schemas/Thing" };
  return {
    tags: [`group ${index % 7}`],
    operationId: `getThing${index}`,
    summary: text,
    description: text,
    parameters: [{ name: "q", in: "query", description: text, schema }],
    responses: {
      "200": { description: text, content: { "application/json": { schema: answer } } },
      default: { description: text },
    },
  };
}

/** An element of a page, with its attributes. */
export interface Tag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly text: string;
}

/** The elements of a page as a browser sees them. */
export function tagsOf(html: string): readonly Tag[] {
  const tags: Tag[] = [];
  const visit = (node: DefaultTreeAdapterTypes.Node): void => {
    if ("tagName" in node) {
      const attributes = new Map(node.attrs.map(({ name, value }) => [name, value]));
      tags.push({ name: node.tagName, attributes, text: textOf(node) });
    }
    if ("childNodes" in node) node.childNodes.forEach(visit);
  };
  visit(parse(html));
  return tags;
}

function textOf(node: DefaultTreeAdapterTypes.Node): string {
  if (node.nodeName === "#text" && "value" in node) return node.value;
  return "childNodes" in node ? node.childNodes.map(textOf).join("") : "";
}

/** The texts of a site by path. */
export function textsOf(site: readonly SiteFile[]): ReadonlyMap<string, string> {
  return new Map(site.map(({ path, text }) => [path, text()]));
}
