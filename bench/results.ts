import type { Table } from "./suite.js";

/** What one suite measured, as `results/<suite>.json` keeps it, so that another one can be run again alone. */
export interface Result {
  readonly suite: string;
  /** Where it was measured: the processor, how many cores, Node.js, and how busy the machine was. */
  readonly machine: string;
  readonly tables: readonly Table[];
}

/** The text of `RESULTS.md`, not formatted yet: all results, in the order given. */
export function pageOf(results: readonly Result[]): string {
  const sections = results.map(({ suite, machine, tables }) =>
    [`## ${suite}`, machine, ...tables.map(sectionOf)].join("\n\n"),
  );
  return `${[INTRODUCTION, ...sections].join("\n\n")}\n`;
}

/** A table with its title and note, as Markdown. */
export function sectionOf({ title, note, header, rows }: Table): string {
  // Figures are read by their right end, names by their left one.
  const alignment = header.map((_, index) => (index === 0 ? "---" : "--:"));
  const lines = [header, alignment, ...rows].map((cells) => `| ${cells.map(cell).join(" | ")} |`);
  return [`### ${title}`, note, lines.join("\n")].join("\n\n");
}

const INTRODUCTION = [
  "# Results of the benchmarks",
  "Written by `npm run bench`; [CONTRIBUTING.md](../CONTRIBUTING.md#how-long-it-takes) tells how to run it. " +
    "Times differ between machines: compare only what stands in one table, which is measured in one run.",
].join("\n\n");

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
