import { readFileSync } from "node:fs";
import type { Configuration } from "markdownlint";
import { lint } from "markdownlint/sync";
import ts from "typescript";
import { repository } from "../../support/repository.js";
import type { PageFile } from "./page-files.js";

const SETTINGS = repository("templates/docs/.markdownlint.jsonc");

/** What markdownlint says about pages, with the settings that stand beside their templates. */
export function lintProblems(pages: readonly PageFile[]): readonly string[] {
  const read = ts.parseConfigFileTextToJson(SETTINGS, readFileSync(SETTINGS, "utf8"));
  const { error } = read;
  if (error !== undefined)
    throw new Error(ts.flattenDiagnosticMessageText(error.messageText, "\n"));
  const strings = Object.fromEntries(pages.map(({ path, text }) => [path, text]));
  const found = lint({ strings, config: read.config as Configuration });
  return Object.entries(found).flatMap(([page, problems]) =>
    problems.map(
      ({ lineNumber, ruleNames, ruleDescription, errorDetail }) =>
        `${page}:${lineNumber}: ${ruleNames[0] ?? ""} ${ruleDescription} ${errorDetail ?? ""}`,
    ),
  );
}
