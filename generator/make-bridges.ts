import type { Bridge, BridgeInput } from "./bridges/bridge.js";
import type { BridgeName } from "./bridges/bridge-names.js";
import { mswBridge } from "./bridges/msw.js";
import { tanstackQueryBridge } from "./bridges/tanstack-query.js";
import { zodBridge } from "./bridges/zod.js";
import { emitBeside } from "./emit/emit.js";
import type { GeneratedFile } from "./output/generated-file.js";

const MAKERS: Readonly<Record<BridgeName, Bridge>> = {
  msw: mswBridge,
  "tanstack-query": tanstackQueryBridge,
  zod: zodBridge,
};

/** The files of those bridges that a service wants, in the order of their names. */
export function bridgeFiles(
  input: BridgeInput,
  names: readonly BridgeName[],
): readonly GeneratedFile[] {
  const files = names.toSorted().flatMap((name) => MAKERS[name](input));
  // A client of which a bridge has nothing to say gets no empty file.
  const telling = files.filter(({ statements }) => statements.length > 0);
  return emitBeside(telling, input.model, input.runtime);
}
