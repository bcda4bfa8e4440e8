import path from "node:path";
import type { Metafile } from "esbuild";
import { bytesIn, installedSize } from "./installed-size.js";
import { bundledPackages } from "./packages.js";
import { ROOT } from "./places.js";
import { DEPENDENCIES, DEVELOPMENT } from "./substitutes.js";

/** What each package is there for: those that we name ourselves. */
const PURPOSES: Readonly<Record<string, string>> = {
  "@clack/prompts": "the questions of `init`",
  chokidar: "`generate --watch`",
  commander: "the command line",
  "hast-util-to-html": "sites of reference pages: HTML",
  "highlight.js": "sites of reference pages: colours of code",
  "js-yaml": "documents and configuration",
  "json-p3": "queries in overlays (RFC 9535)",
  "mdast-util-from-markdown": "Markdown of documents, read",
  "mdast-util-gfm": "Markdown of documents: tables, strikethrough, task lists",
  "mdast-util-to-hast": "sites of reference pages: Markdown as HTML",
  "mdast-util-to-markdown": "Markdown of documents, written",
  "micromark-extension-gfm": "Markdown of documents: their syntax",
  micromark: "Markdown of documents: what reads it underneath; tests name it, too",
  minisearch: "sites of reference pages: the search",
  open: "`docs --open`",
  "openapi-typescript": "types of schemas",
  picocolors: "colours of the terminal",
  prettier: "where lines are broken: its printer; the layout of JavaScript: its parser",
  re2js: "patterns in queries, which have to end",
  semver: "the version of a document in `diff`",
  "ts-morph": "`diff` and `init` ask its compiler; clients in JavaScript",
  "ts-blank-space": "clients in JavaScript: types are left out",
  typescript:
    "makes and reads syntax trees: that part of the compiler of ts-morph, which takes a fifth of the time to load",
  yaml: "what is wrong with YAML; YAML that is written",
};

/** The page `docs/install-size.md`. */
export function installSizePage(metafile: Metafile): string {
  const bundled = bundledPackages(metafile);
  const named = bundled.map(({ name }) => name).filter((name) => DEVELOPMENT.has(name));
  const before = installedSize([...DEPENDENCIES, ...named]);
  const after = installedSize(DEPENDENCIES);
  const own = Object.values(metafile.outputs).reduce(
    (sum, { bytes }) => sum + bytes,
    bytesIn(path.join(ROOT, "templates")),
  );
  return `# What an installation costs

Written by \`npm run install-size\`, from the versions of \`package-lock.json\`. Megabytes are a million bytes of files; a package counts with all that it depends on.

\`npm install driftline\` brings **${after.folders.size + 1} packages**: driftline, whose bundles and templates take about ${Math.round(own / 1_000_000)} MB, and ${after.folders.size} others of ${megabytes(after.bytes)} MB. If nothing were bundled, it would be ${before.folders.size + 1} packages, of which those others take ${megabytes(before.bytes)} MB.

## Installed

| package | MB | packages | what for |
| --- | --: | --: | --- |
${rows(DEPENDENCIES, undefined)}

It is not bundled whole, because it is nearly all a compiler, which gains nothing by that, and because a project that uses it already has it only once.

## Bundled

These lie in \`dist/\`, as much of them as is used, with their licences in \`dist/THIRD-PARTY.txt\`.

| package | MB, if it were installed | packages | kB in the bundles, of its own | what for |
| --- | --: | --: | --: | --- |
${rows(
  named.sort((left, right) => (left < right ? -1 : 1)),
  new Map(bundled.map(({ name, bytes }) => [name, bytes])),
)}

${listOf(bundled.filter(({ name }) => !named.includes(name)))}
`;
}

function rows(names: readonly string[], bundled: ReadonlyMap<string, number> | undefined): string {
  return names
    .map((name) => {
      const { bytes, folders } = installedSize([name]);
      const used = bundled === undefined ? [] : [kilobytes(bundled.get(name) ?? 0)];
      const purpose = PURPOSES[name];
      if (purpose === undefined) throw new Error(`nobody has said what ${name} is for`);
      return `| ${[name, megabytes(bytes), folders.size, ...used, purpose].join(" | ")} |`;
    })
    .join("\n");
}

function listOf(others: readonly { readonly bytes: number }[]): string {
  const bytes = others.reduce((sum, other) => sum + other.bytes, 0);
  return `The ${others.length} packages that these need themselves take about ${kilobytes(bytes)} kB more.`;
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}

/** Coarse, so that the page does not change with every line that is written. */
function kilobytes(bytes: number): string {
  return bytes < 5_000 ? "< 5" : String(Math.round(bytes / 10_000) * 10);
}
