import { canonicalJson } from "../../document/hashes.js";
import { quoted } from "../../diagnostics/quoted.js";
import { stringMember } from "../../document/json.js";
import { pointerTo, resolvePointer } from "../../document/pointer.js";
import { follow } from "../../resolve/references.js";
import type { OAuthFlow, ResolvedApi, SecuritySchemeInfo } from "../../resolve/resolved-api.js";
import type { Level } from "../level.js";
import { compareDeprecation } from "./deprecation.js";
import { createPairing } from "./pairing.js";
import { spot, type PartChange, type WireContext } from "./wire-context.js";

const AT_OPERATION = { direction: "request", position: { kind: "operation" }, path: [] } as const;

/** Schemes that are called something else now: new names by old ones. What they are is the same. */
export function schemeRenames({ old, new: now }: WireContext): ReadonlyMap<string, string> {
  const news = new Set(now.securitySchemes.map(({ name }) => name));
  const olds = new Set(old.securitySchemes.map(({ name }) => name));
  const pairing = createPairing(
    old.securitySchemes.filter(({ name }) => !news.has(name)),
    now.securitySchemes.filter(({ name }) => !olds.has(name)),
  );
  pairing.by((scheme, side) => signatureOf(side === "old" ? old : now, scheme));
  return new Map(
    pairing
      .pairs()
      .flatMap((pair) =>
        pair.old === undefined || pair.new === undefined ? [] : [[pair.old.name, pair.new.name]],
      ),
  );
}

/** What became of each security scheme, by its old name; a scheme that is gone is told where it was required. */
export function compareSchemes(
  context: WireContext,
  renames: ReadonlyMap<string, string>,
): ReadonlyMap<string, readonly PartChange[]> {
  return new Map(
    context.old.securitySchemes.map((old) => {
      const name = renames.get(old.name) ?? old.name;
      const now = context.new.securitySchemes.find((scheme) => scheme.name === name);
      return [old.name, now === undefined ? [] : [...compareScheme(context, old, now)]];
    }),
  );
}

function* compareScheme(
  context: WireContext,
  old: SecuritySchemeInfo,
  now: SecuritySchemeInfo,
): Generator<PartChange> {
  const places = { old: placeOf(old), new: placeOf(now) };
  if (old.name !== now.name) {
    yield {
      ...AT_OPERATION,
      rule: "security-scheme-renamed",
      wire: "safe",
      old: spot(places.old, old.name),
      new: spot(places.new, now.name),
      message: `The security scheme ${quoted(old.name)} is called ${quoted(now.name)} now.`,
    };
  }
  if (signatureOf(context.old, old) !== signatureOf(context.new, now)) {
    yield {
      ...AT_OPERATION,
      rule: "security-scheme-changed",
      // A token is sent in the same way, wherever it comes from (RFC 6750, 2.1).
      wire: sendsToken(old) && sendsToken(now) ? "undecidable" : "breaking",
      old: spot(places.old, schemeText(context.old, old)),
      new: spot(places.new, schemeText(context.new, now)),
      message: `The security scheme ${quoted(now.name)} is ${quoted(schemeText(context.new, now))} now, no longer ${quoted(schemeText(context.old, old))}.`,
    };
  }
  yield* compareDeprecation(
    { pointer: places.old, deprecated: old.deprecated },
    { pointer: places.new, deprecated: now.deprecated },
    AT_OPERATION,
    `The security scheme ${quoted(now.name)}`,
  );
  yield* compareFlows(old, now);
}

function sendsToken({ scheme }: SecuritySchemeInfo): boolean {
  return (
    scheme.type === "oauth2" ||
    scheme.type === "openIdConnect" ||
    (scheme.type === "http" && scheme.scheme === "bearer")
  );
}

function placeOf({ name }: SecuritySchemeInfo): string {
  return pointerTo("components", "securitySchemes", name);
}

/** What a scheme is, without its name and its texts. */
function signatureOf(api: ResolvedApi, info: SecuritySchemeInfo): string {
  return canonicalJson({ ...info.scheme, url: discoveryUrl(api, info) ?? null });
}

/** `apiKey, header, X-Key` */
function schemeText(api: ResolvedApi, info: SecuritySchemeInfo): string {
  return [...Object.values(info.scheme), discoveryUrl(api, info) ?? []].flat().join(", ");
}

function discoveryUrl({ document }: ResolvedApi, info: SecuritySchemeInfo): string | undefined {
  if (info.scheme.type !== "openIdConnect") return undefined;
  const pointer = placeOf(info);
  const target = follow(document, resolvePointer(document, pointer), pointer);
  return stringMember(target?.value, "openIdConnectUrl");
}

/* ------------------------------------------------------------------------- flows */

/** The ways to get tokens (OpenAPI 3.2, "OAuth Flows Object"). */
function* compareFlows(old: SecuritySchemeInfo, now: SecuritySchemeInfo): Generator<PartChange> {
  const pairing = createPairing(old.flows, now.flows);
  pairing.by(({ name }) => name);
  for (const { old: before, new: after } of pairing.pairs()) {
    if (before !== undefined && after !== undefined)
      yield* compareFlow(before, after, {
        old: flowPlace(old, before),
        new: flowPlace(now, after),
      });
    else if (before !== undefined) yield flowRemoved(old, before);
    else if (after !== undefined && old.scheme.type === "oauth2") yield flowAdded(now, after);
  }
}

function flowPlace(scheme: SecuritySchemeInfo, { name }: OAuthFlow): string {
  return `${placeOf(scheme)}/flows/${name}`;
}

function flowRemoved(scheme: SecuritySchemeInfo, flow: OAuthFlow): PartChange {
  return {
    ...AT_OPERATION,
    rule: "oauth-flow-removed",
    wire: "breaking",
    old: spot(flowPlace(scheme, flow), flow.name),
    new: undefined,
    message: `Tokens can no longer be got by the flow ${flow.name}.`,
  };
}

function flowAdded(scheme: SecuritySchemeInfo, flow: OAuthFlow): PartChange {
  return {
    ...AT_OPERATION,
    rule: "oauth-flow-added",
    wire: "safe",
    old: undefined,
    new: spot(flowPlace(scheme, flow), flow.name),
    message: `Tokens can be got by the flow ${flow.name} now.`,
  };
}

const URLS = ["authorizationUrl", "deviceAuthorizationUrl", "tokenUrl", "refreshUrl"] as const;

interface Places {
  readonly old: string;
  readonly new: string;
}

function* compareFlow(old: OAuthFlow, now: OAuthFlow, places: Places): Generator<PartChange> {
  for (const key of URLS) {
    if (old[key] === now[key]) continue;
    yield {
      ...AT_OPERATION,
      rule: "oauth-url-changed",
      wire: urlLevel(old[key], now[key]),
      old: spot(`${places.old}/${key}`, old[key]),
      new: spot(`${places.new}/${key}`, now[key]),
      message: `The ${key} of the flow ${now.name} ${becomes(old[key], now[key])}.`,
    };
  }
  yield* compareScopes(old, now, places);
}

function becomes(old: string | undefined, now: string | undefined): string {
  if (now === undefined) return `is no longer ${quoted(old ?? "")}, and there is none`;
  const before = old === undefined ? "where there was none" : `no longer ${quoted(old)}`;
  return `is ${quoted(now)} now, ${before}`;
}

/** Without a URL of its own, tokens are refreshed where they are got. */
function urlLevel(old: string | undefined, now: string | undefined): Level {
  return old !== undefined && now !== undefined ? "breaking" : "undecidable";
}

function* compareScopes(old: OAuthFlow, now: OAuthFlow, places: Places): Generator<PartChange> {
  const [before, after] = [old, now].map(({ scopes }) => new Set(scopes.map(([name]) => name)));
  for (const scope of before ?? []) {
    if (after?.has(scope) === true) continue;
    yield {
      ...AT_OPERATION,
      rule: "oauth-scope-removed",
      wire: "breaking",
      old: spot(places.old + pointerTo("scopes", scope), scope),
      new: undefined,
      message: `The scope ${quoted(scope)} can no longer be asked for in the flow ${now.name}.`,
    };
  }
  for (const scope of after ?? []) {
    if (before?.has(scope) === true) continue;
    yield {
      ...AT_OPERATION,
      rule: "oauth-scope-added",
      wire: "safe",
      old: undefined,
      new: spot(places.new + pointerTo("scopes", scope), scope),
      message: `The scope ${quoted(scope)} can be asked for in the flow ${now.name} now.`,
    };
  }
}
