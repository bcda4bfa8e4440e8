/** Texts of `templates/docs/` by their name without ending; `{{name}}` in them is a placeholder. */
export type PageTemplates = ReadonlyMap<string, string>;

/** The templates that pages are made of: all fixed prose, and the order of sections. */
export const TEMPLATE_NAMES = [
  "accept",
  "accept-chosen",
  "all-of",
  "all-statuses",
  "any-value",
  "base-none",
  "base-relative",
  "base-url-needed",
  "base-url-preset",
  "base-url-variables",
  "bases",
  "body",
  "class",
  "class-earlier",
  "content-type",
  "details",
  "example",
  "example-with",
  "example-without",
  "examples",
  "external-docs",
  "flow",
  "flow-authorization-url",
  "flow-device-url",
  "flow-refresh-url",
  "flow-token-url",
  "header-required",
  "model",
  "model-deprecated",
  "model-earlier",
  "model-example",
  "model-in-models",
  "model-only",
  "model-uses",
  "model-variants",
  "no-authorization",
  "no-models",
  "no-parameters",
  "no-properties",
  "no-schemes",
  "none",
  "one-of",
  "operation",
  "operation-deprecated",
  "operation-sunset",
  "optional-authorization",
  "page-default",
  "page-limit",
  "page-maximum",
  "paging",
  "paging-item",
  "properties",
  "readme",
  "readme-authorization",
  "readme-base-url",
  "readme-downloads",
  "readme-errors",
  "readme-event-streams",
  "readme-helpers",
  "readme-inline-types",
  "readme-json-streams",
  "readme-lists",
  "readme-retries",
  "readme-retries-program",
  "readme-start",
  "readme-uploads",
  "retries-forbidden",
  "retries-key",
  "retries-stated",
  "returns-nothing",
  "returns-url",
  "scheme",
  "scheme-api-key",
  "scheme-basic",
  "scheme-bearer",
  "scheme-bearer-format",
  "scheme-deprecated",
  "scheme-http",
  "scheme-mutual-tls",
  "scheme-oauth2",
  "scheme-open-id-connect",
  "schemes",
  "session",
  "stands-for",
  "streaming-events",
  "streaming-values",
  "untitled",
  "use-both",
  "use-class",
  "use-gives",
  "use-takes",
  "variant-form",
  "variant-input",
  "variant-output",
] as const;

export type TemplateName = (typeof TEMPLATE_NAMES)[number];

/** Puts Markdown into the placeholders of a template. A line of which all placeholders stay empty is left out. */
export type Fill = (name: TemplateName, values?: Values) => string;

type Values = Readonly<Record<string, string>>;

interface Template {
  readonly name: string;
  /** Their lines, and those in pieces: text and the name of a placeholder take turns. */
  readonly paragraphs: readonly (readonly (readonly string[])[])[];
  /** The names of its placeholders. */
  readonly placeholders: ReadonlySet<string>;
}

const PLACEHOLDER = /\{\{([A-Za-z]+)\}\}/;

/**
 * Reads templates once, for all pages.
 *
 * @throws where one is missing or not asked for by anybody, and in `fill` where values and placeholders are not the
 * same: bugs of ours
 */
export function readTemplates(texts: PageTemplates): Fill {
  const names: ReadonlySet<string> = new Set(TEMPLATE_NAMES);
  const unknown = [...texts.keys()].filter((name) => !names.has(name));
  if (unknown.length > 0) throw new Error(`Nobody uses the template ${unknown.join(", ")}.`);
  const templates = new Map(TEMPLATE_NAMES.map((name) => [name, read(name, texts.get(name))]));
  return (name, values = {}) => {
    const template = templates.get(name);
    return template === undefined ? "" : filled(template, values);
  };
}

function read(name: string, text: string | undefined): Template {
  if (text === undefined) throw new Error(`There is no template ${name}.`);
  const paragraphs = text
    .trim()
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.split("\n").map((line) => line.split(PLACEHOLDER)));
  const placeholders = paragraphs
    .flat()
    .flatMap((pieces) => pieces.filter((_, index) => isPlaceholder(index)));
  return { name, paragraphs, placeholders: new Set(placeholders) };
}

function filled(template: Template, values: Values): string {
  assertUsed(template, values);
  const { name, paragraphs } = template;
  return paragraphs
    .map((lines) => lines.flatMap((pieces) => filledLine(name, pieces, values)).join("\n"))
    .filter((paragraph) => paragraph !== "")
    .join("\n\n");
}

/** The line, or nothing. */
function filledLine(name: string, pieces: readonly string[], values: Values): readonly string[] {
  const texts = pieces.map((piece, index) =>
    isPlaceholder(index) ? valueOf(name, piece, values) : piece,
  );
  const isEmpty =
    texts.length > 1 && texts.every((text, index) => !isPlaceholder(index) || text === "");
  return isEmpty ? [] : [texts.join("").trimEnd()];
}

function isPlaceholder(index: number): boolean {
  return index % 2 === 1;
}

/**
 * Puts Markdown into a text that is a template of its own. It need not have all placeholders that there is a value for.
 *
 * @param name what an error calls it
 * @throws for a placeholder without a value: a bug of ours
 */
export function fillText(name: string, text: string, values: Values): string {
  const has = (key: string): boolean => text.includes(`{{${key}}}`);
  const used = Object.fromEntries(Object.entries(values).filter(([key]) => has(key)));
  return filled(read(name, text), used);
}

function valueOf(name: string, placeholder: string, values: Values): string {
  const value = Object.hasOwn(values, placeholder) ? values[placeholder] : undefined;
  if (value === undefined) throw new Error(`Nothing is given for {{${placeholder}}} of ${name}.`);
  return value;
}

function assertUsed({ name, placeholders }: Template, values: Values): void {
  const unused = Object.keys(values).filter((key) => !placeholders.has(key));
  if (unused.length > 0) throw new Error(`${name} has no {{${unused.join("}}, {{")}}}.`);
}
