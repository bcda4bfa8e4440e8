import type { Int64Place, Int64Policy } from "./int64-schema.js";
import { hasLongNumbers, isMarked, markLongNumbers, unmarked } from "./long-numbers.js";

/** Makes the error for a number that is no 64-bit integer where the document has one; it gets the place. */
export type RefuseNumber = (path: string) => Error;

/**
 * Parses JSON as `JSON.parse` does, but gives 64-bit integers as the policy says, with all their digits. What is no
 * number is left as it is, wherever it stands.
 *
 * A text that is no JSON throws what `JSON.parse` throws.
 */
export function parseInt64(
  text: string,
  policy: Int64Policy,
  place: Int64Place,
  refuse: RefuseNumber,
): unknown {
  const hasMarks = hasLongNumbers(text);
  const value: unknown = JSON.parse(hasMarks ? markLongNumbers(text) : text);
  return new Conversion(policy, hasMarks, refuse).convertAll(value, place);
}

/** Converts the numbers of a value that was parsed, in the value itself. */
class Conversion {
  readonly #policy: Int64Policy;
  readonly #hasMarks: boolean;
  readonly #refuse: RefuseNumber;
  /** Objects and arrays whose members are still to be converted. */
  readonly #waiting: (readonly [
    members: Record<string, unknown>,
    place: Int64Place | undefined,
  ])[] = [];

  constructor(policy: Int64Policy, hasMarks: boolean, refuse: RefuseNumber) {
    this.#policy = policy;
    this.#hasMarks = hasMarks;
    this.#refuse = refuse;
  }

  convertAll(value: unknown, place: Int64Place): unknown {
    const result = this.#convert(value, place);
    // A loop, for what servers send may be nested deeper than functions can call each other.
    for (let next = this.#waiting.pop(); next !== undefined; next = this.#waiting.pop()) {
      const [members, around] = next;
      const isArray = Array.isArray(members);
      for (const key of Object.keys(members)) {
        const before = members[key];
        const after = this.#convert(before, around?.member(key, isArray));
        // They are own properties, `__proto__` too, so that an assignment sets no prototype.
        if (after !== before) members[key] = after;
      }
    }
    return result;
  }

  #convert(value: unknown, place: Int64Place | undefined): unknown {
    if (typeof value === "number") return this.#number(value, "", place);
    if (typeof value === "string" && this.#hasMarks && isMarked(value)) {
      const text = unmarked(value);
      return isMarked(text) ? text : this.#number(Number(text), text, place);
    }
    const isContainer = typeof value === "object" && value !== null;
    // Marked strings can be anywhere.
    if (isContainer && (this.#hasMarks || place !== undefined)) {
      this.#waiting.push([value as Record<string, unknown>, place]);
    }
    return value;
  }

  #number(value: number, long: string, place: Int64Place | undefined): unknown {
    if (place?.allows("int64") !== true) return value;
    const exact = exactInteger(value, long);
    if (exact !== undefined) return this.#policy === "bigint" ? exact : String(exact);
    if (place.allows("number")) return value;
    throw this.#refuse(place.path);
  }
}

/** The most characters that a 64-bit integer has, its sign included. */
const LONGEST = 20;
const LEAST = -(2n ** 63n);
const MOST = 2n ** 64n - 1n;

/**
 * The integer that a number is, unless it has more than 64 bits, or is written with a fraction or an exponent that
 * leave its last digits open.
 *
 * @param long - how the number is written, if it is long.
 */
function exactInteger(value: number, long: string): bigint | undefined {
  if (!/^-?\d+$/.test(long)) return Number.isSafeInteger(value) ? BigInt(value) : undefined;
  const exact = long.length > LONGEST ? undefined : BigInt(long);
  return exact !== undefined && exact >= LEAST && exact <= MOST ? exact : undefined;
}
