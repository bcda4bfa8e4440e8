import { visible } from "../diagnostics/quoted.js";

/** What a new `driftline.yaml` says. */
export interface NewConfiguration {
  readonly service: string;
  /** The path of the document, relative to the file. */
  readonly input: string;
  /** The folder of the clients, relative to the file. */
  readonly output: string;
  readonly language: "typescript" | "javascript";
  /** Where the document is published, where it was fetched from there. */
  readonly upstream: string | undefined;
  /** Paths of documents that were found beside it. */
  readonly others: readonly string[];
}

/** How many other documents are named. */
const MOST_OTHERS = 5;

/** A `driftline.yaml` with comments that tell what else there is to say. */
export function configurationText(configuration: NewConfiguration): string {
  const { service, input, output, language, upstream, others } = configuration;
  return [
    "# yaml-language-server: $schema=./node_modules/driftline/schema.json",
    "",
    "services:",
    `  ${service}:`,
    `    input: ${scalar(input)}`,
    ...(upstream === undefined ? [] : ["    upstream:", `      url: ${scalar(upstream)}`]),
    "    # name: Example # the client class; by default made of the document's title",
    "    # docs: true # reference pages, in a folder beside the client",
    "    # bridges: [zod, msw, tanstack-query] # code that joins the client to these libraries",
    ...otherLines(others),
    "",
    "# Each client gets a folder here, beside the runtime that they share. Commit what is generated, and edit none of it.",
    `output: ${scalar(output)}`,
    ...(language === "javascript" ? ["", "language: javascript # with declarations of types"] : []),
    "",
    "# strict: true # make errors of warnings",
    "",
  ].join("\n");
}

function otherLines(others: readonly string[]): readonly string[] {
  const shown = others.slice(0, MOST_OTHERS);
  return shown.length === 0
    ? []
    : [
        "  # Every further document is a service of its own:",
        ...shown.map((input, index) => `  # other-${index + 1}: { input: ${scalar(input)} }`),
      ];
}

/** A text as YAML reads it back, on one line, with nothing in it that a reader does not see. */
function scalar(text: string): string {
  return /^[A-Za-z0-9_./][A-Za-z0-9_./-]*$/.test(text) && /[A-Za-z]/.test(text) && !WORDS.test(text)
    ? text
    : visible(JSON.stringify(text));
}

/** What YAML takes for something else than a text. */
const WORDS = /^(?:true|false|null|yes|no|on|off|\.inf|\.nan|0x[0-9a-f]+|\d+e\d+)$/i;
