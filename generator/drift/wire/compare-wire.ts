import type { ResolvedApi } from "../../resolve/resolved-api.js";
import type { Change, OperationPair } from "../change.js";
import { createSchemaComparer } from "../schema/compare-schemas.js";
import { compareExtensions } from "./extensions.js";
import { compareIdentities, onlyIn } from "./operations.js";
import { compareParameters } from "./parameters.js";
import { compareRequestBodies } from "./request-bodies.js";
import { compareResponses } from "./responses.js";
import { renamedSchemas } from "./schema-names.js";
import { createSecurityComparer } from "./security.js";
import { compareDocumentServers, compareServers } from "./servers.js";
import { renamedTags, type TagRenames } from "./tags.js";
import type { Exchange, PartChange, WireContext } from "./wire-context.js";

/** What was found on the wire. */
export interface WireChanges {
  readonly changes: readonly Change[];
  /** Whether what very many values have in common was told of some of them only. */
  readonly isCut: boolean;
}

/** Everything that two documents differ in on the wire, and the names that a client is made of. */
export function compareWire(
  old: ResolvedApi,
  now: ResolvedApi,
  pairs: readonly OperationPair[],
): WireChanges {
  const context: WireContext = { old, new: now, compareSchemas: createSchemaComparer(old, now) };
  const shared: Shared = {
    tags: renamedTags(pairs),
    compareSecurity: createSecurityComparer(context),
  };
  const ofDocument = [...compareDocumentServers(context, pairs), ...renamedSchemas(context)];
  const changes = [
    ...ofDocument.map((change) => ({ ...change, pair: undefined })),
    ...pairs.flatMap((pair) =>
      [...compareOperation(context, pair, shared)].map((change) => ({ ...change, pair })),
    ),
  ];
  return { changes, isCut: context.compareSchemas.isCut() };
}

/** What is found out once for all operations. */
interface Shared {
  readonly tags: TagRenames;
  readonly compareSecurity: ReturnType<typeof createSecurityComparer>;
}

function* compareOperation(
  context: WireContext,
  pair: OperationPair,
  { tags, compareSecurity }: Shared,
): Generator<PartChange> {
  const { old, new: now, origin } = pair;
  if (old === undefined || now === undefined) {
    yield* onlyIn(pair);
    return;
  }
  const isCalledByServer = origin !== "paths";
  const exchange: Exchange = {
    old,
    new: now,
    sent: isCalledByServer ? "response" : "request",
    answered: isCalledByServer ? "request" : "response",
  };
  yield* compareIdentities(context, exchange, origin, tags);
  yield* compareParameters(context, exchange);
  yield* compareRequestBodies(context, exchange);
  yield* compareResponses(context, exchange);
  // How a server shows who it is, and where it calls, is no matter of these.
  if (isCalledByServer) return;
  yield* compareSecurity(exchange);
  yield* compareServers(context, exchange);
  yield* compareExtensions(exchange);
}
