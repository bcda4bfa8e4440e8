import type { ResponseStatus } from "../../resolve/resolved-api.js";
import type { MethodSurface } from "./method-surface.js";

/**
 * Under which key a client finds the body of an answer whose status its document does not mention: that of the range,
 * or `default` (OpenAPI 3.1, 4.8.16). `undefined` where nothing describes it, so that it is `unknown`.
 */
export function coveringStatus(
  { named }: MethodSurface,
  status: ResponseStatus,
): ResponseStatus | undefined {
  const known = new Set(named.operation.responses.map((response) => response.status));
  const range = `${String(status).charAt(0)}XX` as ResponseStatus;
  if (typeof status === "number" && known.has(range)) return range;
  return status !== "default" && known.has("default") ? "default" : undefined;
}
