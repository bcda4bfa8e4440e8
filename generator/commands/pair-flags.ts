import schema from "../config/schema.json" with { type: "json" };
import { diagnostic } from "../diagnostics/codes.js";
import { outcome, type Diagnostic, type Outcome } from "../diagnostics/diagnostic.js";
import { quoted } from "../diagnostics/quoted.js";
import { suggestion } from "../diagnostics/suggest.js";
import type { ExtensionNames } from "../document/extension-names.js";
import type { Limits } from "../document/limits.js";

/* Flags that stand for a mapping of the configuration: KEY=VALUE, which may be given several times. */

/** The extensions that `--extension pagination=x-pages` names. */
export function extensionNames(flags: readonly string[] = []): Outcome<ExtensionNames> {
  const known = schema.properties.extensions.properties;
  return pairsOf("--extension", flags, known, (text, { pattern }) =>
    new RegExp(pattern, "u").test(text) ? text : undefined,
  );
}

/** The limits that `--limit files=2000` sets. */
export function limitsOfFlags(flags: readonly string[] = []): Outcome<Partial<Limits>> {
  const known: Readonly<Record<string, LimitRule>> = schema.$defs.limits.properties;
  return pairsOf("--limit", flags, known, (text, { minimum, maximum = Number.MAX_SAFE_INTEGER }) =>
    /^[0-9]+$/.test(text) && Number(text) >= minimum && Number(text) <= maximum
      ? Number(text)
      : undefined,
  );
}

interface LimitRule {
  readonly description: string;
  readonly minimum: number;
  readonly maximum?: number;
}

/** @param read gives the value of a text, or `undefined` where it is none */
function pairsOf<Rule extends { readonly description: string }, Value>(
  flag: string,
  texts: readonly string[],
  rules: Readonly<Record<string, Rule>>,
  read: (text: string, rule: Rule) => Value | undefined,
): Outcome<Readonly<Record<string, Value>>> {
  const found: [string, Value][] = [];
  const findings: Diagnostic[] = [];
  for (const text of texts) {
    const [key = "", ...rest] = text.split("=");
    const rule = Object.hasOwn(rules, key) ? rules[key] : undefined;
    const value = rule === undefined ? undefined : read(rest.join("="), rule);
    if (rule === undefined) findings.push(wrongPair(flag, text, unknownHint(key, rules)));
    else if (value === undefined)
      findings.push(wrongPair(flag, text, `${key}= is followed by ${rule.description}.`));
    else found.push([key, value]);
  }
  return outcome(Object.fromEntries(found), findings);
}

function unknownHint(key: string, rules: Readonly<Record<string, unknown>>): string {
  return `Write it as KEY=VALUE. ${suggestion(key, Object.keys(rules))}`;
}

function wrongPair(flag: string, text: string, hint: string): Diagnostic {
  return diagnostic("wrong-usage", {
    message: `${flag} ${quoted(text)} does not say what is meant.`,
    hint,
  });
}
