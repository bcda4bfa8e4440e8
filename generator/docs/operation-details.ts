import type { OperationReference } from "../reference/reference.js";
import type { SecurityRequirement } from "../resolve/resolved-api.js";
import { codeSpan } from "./markdown/parts.js";
import { sectionPlace } from "./sections.js";
import { linkTo, schemeLink, type Writing } from "./writing.js";

/** What is sent with a request, and how often. */
export function detailsText(operation: OperationReference, writing: Writing): string {
  const { body, servers, kind } = operation;
  const none = writing.fill("none");
  return writing.fill("details", {
    authorization: authorizationText(operation, writing),
    contentType:
      body === undefined ? none : body.mediaTypes.map(({ name }) => codeSpan(name)).join(", "),
    accept: acceptText(operation, writing),
    server: servers.map(({ url }) => codeSpan(url)).join(", "),
    retries: kind === "url" ? "" : retriesText(operation, writing),
  });
}

/** What is asked for, and whether a caller can ask for something else. */
function acceptText({ accept, acceptChoices }: OperationReference, { fill }: Writing): string {
  if (accept === undefined) return fill("none");
  return acceptChoices.length === 0
    ? codeSpan(accept)
    : fill("accept-chosen", { accept: codeSpan(accept) });
}

function authorizationText(
  { security, isAnonymous }: OperationReference,
  writing: Writing,
): string {
  if (security.length === 0) return writing.fill("no-authorization");
  const needed = security.map((requirement) => requirementText(requirement, writing)).join(", or ");
  return isAnonymous ? writing.fill("optional-authorization", { needed }) : needed;
}

/** Schemes that are needed together, with their scopes. */
function requirementText(requirement: SecurityRequirement, writing: Writing): string {
  return requirement
    .map(({ scheme, scopes }) => {
      const names = scopes.map((scope) => codeSpan(scope)).join(", ");
      return `${schemeLink(writing, scheme)}${names === "" ? "" : ` (${names})`}`;
    })
    .join(" and ");
}

/** Whether a call is tried again, and why where the method does not say it already. */
function retriesText(operation: OperationReference, writing: Writing): string {
  const { idempotency, isRetried, isIdempotencyStated } = operation;
  const link = (inline: string): string =>
    linkTo(writing, inline, sectionPlace(writing.paths, "retries"));
  if (!isRetried)
    return isIdempotencyStated
      ? writing.fill("retries-forbidden", { retries: link("never") })
      : link("never");
  if (typeof idempotency === "object")
    return writing.fill("retries-key", {
      retries: link("yes"),
      header: codeSpan(idempotency.header),
    });
  return isIdempotencyStated
    ? writing.fill("retries-stated", { retries: link("yes") })
    : link("yes");
}
