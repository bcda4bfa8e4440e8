import type { ApiPromise } from "./api-promise.js";
import type { Call } from "./call.js";
import type { CallOptions } from "./options.js";
import { sameOrigin } from "./same-origin.js";
import type { SecurityRequirement, Service } from "./service.js";
import type { Transport } from "./transport.js";

/**
 * A call of an operation that the document does not have, described as generated methods describe
 * theirs: only `method` and `path` are needed.
 */
export interface UndocumentedCall extends Omit<Call, "operationId" | "security"> {
  /** What errors call the operation. Default `request`. */
  readonly operationId?: string | undefined;
  /**
   * Alternatives, by the names of the document's security schemes; none of them means that no
   * credential is sent. Default: the first scheme for which there is a credential, if there is one.
   */
  readonly security?: readonly SecurityRequirement[] | undefined;
}

/** What is taken for granted of an operation that the document does not have. */
export interface UndocumentedResponses<Body> {
  "2XX": Body;
  default: unknown;
}

/** Starts a call of an operation that the document does not have. */
export function sendUndocumented<Body>(
  transport: Transport,
  call: UndocumentedCall,
  options: CallOptions | undefined,
): ApiPromise<UndocumentedResponses<Body>> {
  const { operationId = "request", security = anyOf(transport.service), url } = call;
  const method = call.method.toUpperCase();
  const own = { method, operationId, security, url: url && checked(url) };
  return transport.request({ ...call, ...own }, options);
}

/** Credentials go along: what a program makes of a link is checked whether or not it did so itself. */
function checked(url: NonNullable<Call["url"]>): Call["url"] {
  return (server, refuse) => {
    const given = url(server, refuse);
    return sameOrigin(given)?.(server, refuse) ?? given;
  };
}

function anyOf({ securitySchemes }: Service): readonly SecurityRequirement[] {
  const names = Object.keys(securitySchemes).filter(
    // A client certificate always counts as given.
    (name) => securitySchemes[name]?.type !== "mutualTLS",
  );
  return [...names.map((name) => ({ [name]: [] })), {}];
}
