import type {
  HeaderReference,
  OriginReference,
  ServiceConfiguration,
  UpstreamConfiguration,
} from "../config/configuration.js";
import schema from "../config/schema.json" with { type: "json" };
import { diagnostic } from "../diagnostics/codes.js";
import {
  collect,
  type Diagnostic,
  type Findings,
  type Outcome,
  type TextPlace,
} from "../diagnostics/diagnostic.js";
import { quoted } from "../diagnostics/quoted.js";
import type { AllowedOrigin } from "../document/fetch-file.js";
import type { LoadSettings } from "../document/load-settings.js";
import { isLoopback } from "../document/reference-policy.js";
import { limitsOfFlags } from "./pair-flags.js";

/** What the command line may allow to the one document of `--input`. */
export interface AllowFlags {
  readonly allowFolder?: readonly string[] | undefined;
  readonly allowOrigin?: readonly string[] | undefined;
  /** Whether URLs may lead to an address that is not public. */
  readonly allowPrivate?: boolean | undefined;
  /** Limits as in `files=2000`. */
  readonly limit?: readonly string[] | undefined;
}

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** How the document of a service is read; headers get the environment variables that they name. */
export function configuredLoading(
  { references, limits }: ServiceConfiguration,
  environment: Environment,
): Outcome<LoadSettings> {
  return collect(
    (function* (): Findings<LoadSettings> {
      const origins: AllowedOrigin[] = [];
      for (const origin of references.origins)
        origins.push(yield* readyOrigin(origin, environment));
      return { folders: references.folders, origins, limits };
    })(),
  );
}

/**
 * How the published document of a service is read. Its headers are sent to the origin of the URL in the configuration
 * only, also where another document is asked for in its place.
 */
export function publishedLoading(
  service: ServiceConfiguration,
  { url, headers, privateNetwork }: UpstreamConfiguration,
  environment: Environment,
): Outcome<LoadSettings> {
  const origin = normalized(url);
  if (headers.length === 0 || origin === undefined) return configuredLoading(service, environment);
  return collect(
    (function* (): Findings<LoadSettings> {
      const { value, diagnostics } = configuredLoading(service, environment);
      yield* diagnostics;
      const own = { origin, headers: yield* readyHeaders(headers, environment), privateNetwork };
      const others = (value?.origins ?? []).filter((other) => other.origin !== origin);
      return { ...value, origins: [...others, own] };
    })(),
  );
}

/** How the document of `--input` is read. */
export function flaggedLoading({
  allowFolder,
  allowOrigin,
  allowPrivate = false,
  limit,
}: AllowFlags): Outcome<LoadSettings> {
  return collect(
    (function* (): Findings<LoadSettings> {
      const limits = limitsOfFlags(limit);
      yield* limits.diagnostics;
      const privateNetwork = allowPrivate ? { privateNetwork: true } : {};
      const origins: AllowedOrigin[] = [];
      for (const text of allowOrigin ?? []) {
        const isOrigin = new RegExp(ORIGIN.pattern, "u").test(text);
        const origin = isOrigin ? normalized(text) : undefined;
        if (origin === undefined) yield invalidOrigin(`--allow-origin ${quoted(text)}`);
        else if (!isSafe(origin)) yield unsafeOrigin(origin);
        else origins.push({ origin, ...privateNetwork });
      }
      return {
        folders: allowFolder ?? [],
        origins,
        ...privateNetwork,
        ...(limit === undefined ? {} : { limits: limits.value ?? {} }),
      };
    })(),
  );
}

/** What is wrong with flags that allow something where there is no `--input`. */
export function allowFlagFinding(flags: AllowFlags): Diagnostic | undefined {
  const found = IN_THE_CONFIGURATION.find(([key]) => flags[key] !== undefined);
  if (found === undefined) return undefined;
  const [, flag, key, purpose] = found;
  return diagnostic("invalid-value", {
    message: `${flag} needs --input.`,
    hint: `In driftline.yaml, the key ${key} says ${purpose}.`,
  });
}

/** Flags of `--input`, and the keys that stand for them in the configuration. */
const IN_THE_CONFIGURATION = [
  ["allowFolder", "--allow-folder", "references", "what references may read"],
  ["allowOrigin", "--allow-origin", "references", "what references may read"],
  ["allowPrivate", "--allow-private", "references", "what references may read"],
  ["limit", "--limit", "limits", "what a document may cost"],
] as const satisfies readonly (readonly [keyof AllowFlags, string, string, string])[];

const ORIGIN = schema.$defs.references.properties.origins.items;

function* readyOrigin(
  { origin: text, headers, privateNetwork, place }: OriginReference,
  environment: Environment,
): Findings<AllowedOrigin> {
  const origin = normalized(text);
  if (origin === undefined) yield invalidOrigin("This", place);
  else if (!isSafe(origin)) yield unsafeOrigin(origin, place);
  const ready = yield* readyHeaders(headers, environment);
  return { origin: origin ?? text, headers: ready, privateNetwork };
}

function* readyHeaders(
  headers: readonly HeaderReference[],
  environment: Environment,
): Findings<Readonly<Record<string, string>>> {
  const ready: [string, string][] = [];
  for (const header of headers)
    ready.push([header.name, yield* withVariables(header, environment)]);
  return Object.fromEntries(ready);
}

function normalized(text: string): string | undefined {
  return URL.canParse(text) ? new URL(text).origin : undefined;
}

/** Without TLS anybody on the way could give another file. */
function isSafe(origin: string): boolean {
  return origin.startsWith("https:") || isLoopback(origin);
}

/** `${NAME}` is replaced by what the environment has; nothing else is. */
function* withVariables(
  { text, place }: HeaderReference,
  environment: Environment,
): Findings<string> {
  let result = "";
  let end = 0;
  for (const match of text.matchAll(/\$\{([^}]*)\}/g)) {
    const name = match[1] ?? "";
    const value = Object.hasOwn(environment, name) ? environment[name] : undefined;
    if (value === undefined) yield missingVariable(name, place);
    else if (!isHeaderText(value)) yield oddVariable(name, place);
    result += text.slice(end, match.index) + (value ?? "");
    end = match.index + match[0].length;
  }
  return result + text.slice(end);
}

function isHeaderText(text: string): boolean {
  return /^[\t\u0020-\u007e\u0080-\u00ff]*$/.test(text);
}

function missingVariable(name: string, place: TextPlace): Diagnostic {
  return diagnostic("missing-variable", {
    message: `There is no environment variable ${quoted(name)}.`,
    hint: "Set it where driftline runs, or remove the header.",
    place,
  });
}

function oddVariable(name: string, place: TextPlace): Diagnostic {
  return diagnostic("missing-variable", {
    message: `The environment variable ${quoted(name)} has characters that no header may have.`,
    hint: "Set it without line breaks; they often come in with the end of a file.",
    place,
  });
}

function invalidOrigin(subject: string, place?: TextPlace): Diagnostic {
  return diagnostic("invalid-value", {
    message: `${subject} is no origin.`,
    hint: "Write scheme and host, with a port where it needs one: https://schemas.example.com.",
    ...(place === undefined ? {} : { place }),
  });
}

function unsafeOrigin(origin: string, place?: TextPlace): Diagnostic {
  return diagnostic("invalid-value", {
    message: `Nothing is fetched from ${quoted(origin)}, for it has no TLS.`,
    hint: "Use https; plain http is for this machine only, such as http://localhost:8080.",
    ...(place === undefined ? {} : { place }),
  });
}
