import path from "node:path";
import { serve } from "../serve.js";

/*
 * A worker process that does with each document of `test/corpus/odd` what the name of the file says, as no document
 * makes the real one do.
 */

serve(({ file }) => {
  const does = BEHAVIOURS[path.basename(file, ".yaml")];
  if (does === undefined) throw new Error(`nothing is known of ${file}`);
  does();
  return Promise.resolve({
    outcome: "compiled",
    reasons: [],
    warnings: {},
    generating: 0,
    compiling: 0,
    lines: 1,
  });
});

const BEHAVIOURS: Readonly<Record<string, () => void>> = {
  answers: () => undefined,
  hangs: () => {
    for (;;);
  },
  ends: () => process.exit(3),
  "fills-the-memory": () => {
    for (const kept: number[][] = []; ;) kept.push(new Array<number>(100_000).fill(1.5));
  },
};
