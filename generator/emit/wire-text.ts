import type { WireLine } from "../model/api-model.js";
import type { Idempotency, Pagination, SecurityRequirement } from "../resolve/resolved-api.js";
import { inCode, oneLine } from "./comments.js";

/** `GET /videos`, what has to be presented for it, how it is paged, and whether it may be repeated. */
export function wireText({ method, path, security, pagination, idempotency }: WireLine): string {
  return [
    inCode(`${method} ${path}`),
    securityText(security),
    ...(pagination === undefined ? [] : [pagingText(pagination)]),
    ...(idempotency === undefined ? [] : [repetitionText(idempotency)]),
  ].join(" - ");
}

function securityText(security: readonly SecurityRequirement[]): string {
  const needed = security.filter((requirement) => requirement.length > 0);
  if (needed.length === 0) return "no authorization";
  const optional = needed.length < security.length ? ", or none" : "";
  return needed.map(requirementText).join(", or ") + optional;
}

function requirementText(requirement: SecurityRequirement): string {
  return requirement
    .map(({ scheme, scopes }) =>
      oneLine(scopes.length === 0 ? scheme : `${scheme} (${scopes.join(", ")})`),
    )
    .join(" and ");
}

function pagingText(pagination: Pagination): string {
  switch (pagination.kind) {
    case "offset":
      return `paged by ${inCode(pagination.offset)}`;
    case "link":
      return "paged by the `Link` header";
    case "keyset":
      return `paged by ${keysetParameters(pagination.next).map(inCode).join(", ")}`;
  }
}

function keysetParameters(
  steps: readonly { readonly parameters: readonly { readonly parameter: string }[] }[],
): readonly string[] {
  return [
    ...new Set(steps.flatMap(({ parameters }) => parameters.map(({ parameter }) => parameter))),
  ];
}

function repetitionText(idempotency: Idempotency): string {
  if (idempotency === "always") return "may be repeated";
  if (idempotency === "never") return "not to be repeated";
  return `may be repeated with the same ${inCode(idempotency.header)}`;
}
