import { bodyTypes } from "../model/bodies.js";
import { bodyText } from "../model/body-text.js";
import { typeLeaves } from "../model/type-leaves.js";
import type { NamedOperation } from "../names/named-api.js";
import { choosesContentType } from "../names/parameters.js";
import type { BodyKind, RequestBody } from "../resolve/resolved-api.js";
import { UNKNOWN, type OperationTypes } from "../types/type-node.js";
import type { BodyReference } from "./reference.js";

/** What an operation takes as `body`; `undefined` where it takes none. */
export function describeBody(
  named: NamedOperation,
  types: OperationTypes,
): BodyReference | undefined {
  const { requestBody } = named.operation;
  if (requestBody === undefined) return undefined;
  const { byMediaType } = bodyTypes(named, types);
  const [preferred] = requestBody.mediaTypes;
  return {
    optional: !requestBody.required,
    description: bodyText(requestBody),
    mediaTypes: requestBody.mediaTypes.map(({ name }, index) => ({
      name,
      type: byMediaType[index] ?? UNKNOWN,
    })),
    isChosen: choosesContentType(named.operation),
    defaultContentType: preferred?.isRange === false ? preferred.name : undefined,
    canBeStream: canBeStream(requestBody, types),
  };
}

/** Bodies of bytes, and of values one by one; multipart bodies, where a part of them is a file. */
function canBeStream({ mediaTypes }: RequestBody, { requestBodies }: OperationTypes): boolean {
  return mediaTypes.some(({ kind }, index) => {
    const type = requestBodies[index];
    if (!FORMS.has(kind)) return kind === "binary" || kind === "jsonItems";
    return type !== undefined && typeLeaves(type).some((leaf) => leaf.kind === "filePart");
  });
}

const FORMS: ReadonlySet<BodyKind> = new Set(["multipart", "parts"]);
