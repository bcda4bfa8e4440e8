import { ts } from "ts-morph";

/**
 * The compiler of ts-morph, of which only that may be used which makes, reads and walks syntax trees: in the package,
 * nothing else of it is here (see `build/syntax-trees.ts`). What nodes can do themselves belongs to the rest: it is
 * `ts.idText(name)` and not `name.text`, and `node.getStart` is not there.
 */
export { ts };
