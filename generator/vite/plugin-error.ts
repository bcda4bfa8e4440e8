import path from "node:path";
import type { Diagnostic, Difference } from "../index.js";

/** An error as Vite and Rollup show it. */
export interface PluginError {
  readonly plugin: "driftline";
  readonly message: string;
  /** Absolute path of the file that is wrong. */
  readonly id?: string;
  readonly loc?: { readonly file: string; readonly line: number; readonly column: number };
  /** The lines around the place. */
  readonly frame?: string;
}

/** The first error, with its place, and how many more there are. */
export function errorOf(diagnostics: readonly Diagnostic[]): PluginError {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const [first] = errors;
  if (first === undefined) return { plugin: "driftline", message: "Nothing was generated." };
  const { message, hint, code, file, line, column, frame } = first;
  const more = errors.length > 1 ? `\n${errors.length - 1} more: see the terminal.` : "";
  const id = file === undefined ? undefined : absolute(file);
  return {
    plugin: "driftline",
    message: `${message}\nhint: ${hint} (${code})${more}`,
    ...(id === undefined ? {} : { id }),
    ...(id === undefined || line === undefined || column === undefined
      ? {}
      : { loc: { file: id, line, column } }),
    ...(frame === undefined ? {} : { frame }),
  };
}

/** What a URL or a commit names is no path. */
function absolute(file: string): string {
  return /^(?:https?:\/\/|git:)/.test(file) ? file : path.resolve(file);
}

/** How many files a message names. */
const SHOWN = 10;

/** That files are not what the documents say. */
export function outOfDate(differences: readonly Difference[]): PluginError {
  const shown = differences
    .slice(0, SHOWN)
    .map(({ file, kind, reasons }) => `${kind} ${file}: ${reasons.join(", ")}`);
  const left = differences.length - shown.length;
  const lines = [...shown, ...(left > 0 ? [`and ${left} more`] : [])];
  return {
    plugin: "driftline",
    message: `Generated files are out of date. Run "driftline generate".\n${lines.join("\n")}`,
  };
}
