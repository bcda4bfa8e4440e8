import { bundleOf, FEATURES, IMPORTS, sizesOf } from "./bundles.js";

/** A row of the README's tables. */
export interface Row {
  readonly name: string;
  readonly bytes: number;
}

/** Measures everything that the README tells. */
export async function measured(): Promise<readonly Row[]> {
  const bundles = await Promise.all(IMPORTS.map(bundleOf));
  const sizes = await sizesOf(FEATURES);
  return [
    ...IMPORTS.map(({ name, service }, index) => ({
      name: `\`${name}\` of \`${service}\``,
      bytes: bundles[index]?.size ?? 0,
    })),
    ...FEATURES.map(({ name }, index) => ({ name: `+ ${name}`, bytes: sizes[index] ?? 0 })),
  ];
}

const BEGIN = "<!-- sizes: written by npm run size -->";
const END = "<!-- end of sizes -->";

/** Puts the rows between the marks of a text. */
export function withRows(text: string, rows: readonly Row[]): string {
  const [before, , after] = parts(text);
  const lines = rows.map(({ name, bytes }) => `| ${name} | ${bytes.toLocaleString("en-US")} |`);
  const table = ["| import | bytes |", "| --- | --: |", ...lines].join("\n");
  return `${before}${BEGIN}\n\n${table}\n\n${END}${after}`;
}

/** Reads the rows between the marks of a text. */
export function rowsOf(text: string): readonly Row[] {
  const rows = parts(text)[1].matchAll(/^\| (.+?) +\| +([\d,]+) \|$/gm);
  return [...rows].map(([, name = "", bytes = ""]) => ({
    name,
    bytes: Number(bytes.replaceAll(",", "")),
  }));
}

function parts(text: string): readonly [before: string, between: string, after: string] {
  const [before, rest] = text.split(BEGIN);
  const [between, after] = rest?.split(END) ?? [];
  if (before === undefined || between === undefined || after === undefined) {
    throw new Error(`the text lacks ${BEGIN} and ${END}`);
  }
  return [before, between, after];
}
