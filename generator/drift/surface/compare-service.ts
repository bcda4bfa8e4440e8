import { quoted } from "../../diagnostics/quoted.js";
import { pointerTo } from "../../document/pointer.js";
import type { SecuritySchemeInfo } from "../../resolve/resolved-api.js";
import type { DocumentSurface } from "../document-side.js";
import { assigns, exists, inquiry, key, type Inquiry, type Suspect } from "./inquiry.js";

/** The surfaces of two clients. */
export interface Surfaces {
  readonly old: DocumentSurface;
  readonly new: DocumentSurface;
}

/** Whether the client is still made as it was: its name, its credentials, the variables of its server. */
export function compareService(surfaces: Surfaces): readonly Inquiry[] {
  return [
    ...clientInquiries(surfaces),
    ...credentialInquiries(surfaces),
    ...variableInquiries(surfaces),
  ];
}

type Told = Pick<Suspect, "rule" | "message"> & { readonly pointer: string };

/** A change that is about no operation. */
function suspect({ rule, message, pointer }: Told): Suspect {
  return {
    rule,
    message,
    direction: undefined,
    pair: undefined,
    position: { kind: "operation" },
    path: [],
    old: { pointer },
    new: undefined,
  };
}

function clientInquiries({ old, new: changed }: Surfaces): readonly Inquiry[] {
  const [before, after] = [old.named.clientName, changed.named.clientName];
  if (before === after) return [];
  const renamed: Suspect = {
    ...suspect({
      rule: "client-renamed",
      message: `The class of the client is now \`${after}\`; it was \`${before}\`.`,
      pointer: "/info/title",
    }),
    new: { pointer: "/info/title" },
  };
  return [
    {
      question: exists(`[New.${before}, New.${before}Options]`),
      suspects: [renamed],
      isAlwaysTold: true,
    },
  ];
}

/** Each scheme that a caller has a credential for, where it is gone or another kind of credential. */
function credentialInquiries({ old, new: changed }: Surfaces): readonly Inquiry[] {
  const [before, after] = [presented(old), presented(changed)];
  return [...before].flatMap(([name, info]) => {
    const other = after.get(name);
    if (other !== undefined && isBasic(info) === isBasic(other)) return [];
    const change = suspect({
      rule: "credential-changed",
      message:
        other === undefined
          ? `\`auth\` no longer takes ${quoted(name)}.`
          : `\`auth\` takes another kind of credential for ${quoted(name)}.`,
      pointer: pointerTo("components", "securitySchemes", name),
    });
    const member = (client: string, { named }: DocumentSurface): string =>
      `NonNullable<Member<${client}.${named.clientName}Auth, ${key(name)}>>`;
    return [
      inquiry(assigns(member("Old", old), member("New", changed)), [
        { ...change, new: other && change.old },
      ]),
    ];
  });
}

/** The schemes of which `auth` takes a credential, by name. */
function presented({ model }: DocumentSurface): ReadonlyMap<string, SecuritySchemeInfo> {
  return new Map(
    model.securitySchemes
      .filter(({ scheme }) => scheme.type !== "mutualTLS")
      .map((info) => [info.name, info]),
  );
}

function isBasic({ scheme }: SecuritySchemeInfo): boolean {
  return scheme.type === "http" && scheme.scheme === "basic";
}

/** Each variable of a server that is gone, or takes other values. */
function variableInquiries({ old, new: changed }: Surfaces): readonly Inquiry[] {
  const [before, after] = [variablesOf(old), variablesOf(changed)];
  return [...before].flatMap(([name, values]) => {
    if (after.get(name) === values) return [];
    const change = suspect({
      rule: "server-variable-changed",
      message: after.has(name)
        ? `\`serverVariables\` takes other values for ${quoted(name)}.`
        : `\`serverVariables\` no longer takes ${quoted(name)}.`,
      pointer: "/servers",
    });
    const member = (client: string, { named }: DocumentSurface): string =>
      `NonNullable<Member<NonNullable<${client}.${named.clientName}Options["serverVariables"]>, ${key(name)}>>`;
    return [
      inquiry(assigns(member("Old", old), member("New", changed)), [
        { ...change, new: change.old },
      ]),
    ];
  });
}

/** The variables of all servers, each with a text that tells its values apart from others. */
function variablesOf({ model }: DocumentSurface): ReadonlyMap<string, string> {
  return new Map(
    model.servers
      .flatMap(({ variables }) => variables)
      .map(({ name, values }) => [name, JSON.stringify(values ?? null)]),
  );
}
