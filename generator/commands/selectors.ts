import { diagnostic, isDiagnosticCode, type DiagnosticCode } from "../diagnostics/codes.js";
import { unknownCode } from "../diagnostics/unknown-code.js";
import { outcome, type Diagnostic, type Outcome } from "../diagnostics/diagnostic.js";
import { quoted } from "../diagnostics/quoted.js";
import type { FilterEntry, OperationFilter, Selection } from "../select/selection.js";

/** What the command line says in place of the configuration of a service. */
export interface SelectorFlags {
  readonly include?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
  readonly prune?: boolean | undefined;
  readonly allow?: readonly string[] | undefined;
}

/** The selection that the command line asks for; `undefined` where it asks for none. */
export function selectionOf({
  include = [],
  exclude = [],
  prune = false,
}: SelectorFlags): Outcome<Selection | undefined> {
  if (include.length === 0 && exclude.length === 0 && !prune) return outcome(undefined);
  const findings = [
    ...include.flatMap((text) => selectorFinding("--include", text)),
    ...exclude.flatMap((text) => selectorFinding("--exclude", text)),
  ];
  const selection = {
    ...(include.length === 0 ? {} : { include: filterOf(include) }),
    ...(exclude.length === 0 ? {} : { exclude: filterOf(exclude) }),
    prune,
  };
  return outcome(selection, findings);
}

/** The codes that `--allow` names. */
export function allowedCodes(codes: readonly string[] = []): Outcome<readonly DiagnosticCode[]> {
  return outcome(
    codes.filter(isDiagnosticCode),
    codes.flatMap((code) => unknownCode(code, "to allow") ?? []),
  );
}

function filterOf(selectors: readonly string[]): OperationFilter {
  const entries = (prefix: string): readonly FilterEntry[] =>
    selectors
      .filter((selector) => selector.startsWith(prefix))
      .map((selector) => ({ text: selector.slice(prefix.length) }));
  return {
    tags: entries("tag:"),
    paths: entries("path:"),
    operations: entries("operation:"),
    deprecated: selectors.includes("deprecated"),
  };
}

function selectorFinding(flag: string, text: string): readonly Diagnostic[] {
  if (/^(?:tag|path|operation):./s.test(text)) return [];
  if (text === "deprecated" && flag === "--exclude") return [];
  return [
    diagnostic("wrong-usage", {
      message: `${flag} ${quoted(text)} does not say what is meant.`,
      hint: `Write tag:NAME, path:PATTERN${flag === "--exclude" ? ", operation:ID or deprecated" : " or operation:ID"}; an operation can also be named as in "operation:GET /pets/{id}".`,
    }),
  ];
}
