import { BRIDGES, type BridgeName } from "../bridges/bridge-names.js";
import type { Language } from "../config/language.js";
import { diagnostic } from "../diagnostics/codes.js";
import { outcome, type Outcome } from "../diagnostics/diagnostic.js";
import { quoted } from "../diagnostics/quoted.js";
import { suggestion } from "../diagnostics/suggest.js";
import type { Int64Policy } from "../document/int64-policy.js";
import type { Helper } from "../names/helper.js";
import { findHelpers } from "./helpers.js";
import { extensionNames } from "./pair-flags.js";
import type { ServiceOptions } from "./pipeline-port.js";

/** What the command line may say of the client of `--input`, as a service of the configuration has it. */
export interface ClientFlags {
  readonly int64?: Int64Policy | undefined;
  readonly language?: Language | undefined;
  readonly bridge?: readonly string[] | undefined;
  readonly helper?: readonly string[] | undefined;
  readonly extension?: readonly string[] | undefined;
}

/** Those of them that are given, to be told where there is no `--input`. */
export const CLIENT_FLAGS = ["int64", "language", "bridge", "helper", "extension"] as const;

/** The options that flags ask for; what they leave out is no option at all. */
export function clientOptions(
  { int64, bridge = [], helper = [], extension }: ClientFlags,
  known: readonly Helper[],
): Outcome<Pick<ServiceOptions, "int64" | "bridges" | "helpers" | "extensions">> {
  const bridges = bridgesOf(bridge);
  const extensions = extensionNames(extension);
  const helpers = findHelpers(
    helper.map((name) => ({ name })),
    known,
  );
  return outcome(
    {
      ...(int64 === undefined ? {} : { int64 }),
      ...(bridge.length === 0 ? {} : { bridges: bridges.value ?? [] }),
      ...(helper.length === 0 ? {} : { helpers: helpers.value ?? [] }),
      ...(extension === undefined ? {} : { extensions: extensions.value ?? {} }),
    },
    [...bridges.diagnostics, ...helpers.diagnostics, ...extensions.diagnostics],
  );
}

/** Each once, in the order that the configuration gives them. */
function bridgesOf(names: readonly string[]): Outcome<readonly BridgeName[]> {
  const unknown = names.filter((name) => !BRIDGES.some((known) => known === name));
  return outcome(
    BRIDGES.filter((known) => names.includes(known)),
    unknown.map((name) =>
      diagnostic("wrong-usage", {
        message: `There is no bridge ${quoted(name)}.`,
        hint: suggestion(name, BRIDGES),
      }),
    ),
  );
}
