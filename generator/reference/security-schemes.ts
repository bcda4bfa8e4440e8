import { member, objectMember, stringMember } from "../document/json.js";
import { pointerTo } from "../document/pointer.js";
import { follow } from "../resolve/references.js";
import type { ResolvedApi } from "../resolve/resolved-api.js";
import type { SecuritySchemeReference } from "./reference.js";

/** The security schemes, with what of them is only for readers. */
export function describeSecuritySchemes({
  document,
  securitySchemes,
}: Pick<ResolvedApi, "document" | "securitySchemes">): readonly SecuritySchemeReference[] {
  const written = objectMember(objectMember(document, "components"), "securitySchemes");
  return securitySchemes.map((info) => {
    const pointer = pointerTo("components", "securitySchemes", info.name);
    const scheme = follow(document, member(written, info.name), pointer)?.value;
    return {
      ...info,
      bearerFormat: stringMember(scheme, "bearerFormat"),
      openIdConnectUrl: stringMember(scheme, "openIdConnectUrl"),
    };
  });
}
