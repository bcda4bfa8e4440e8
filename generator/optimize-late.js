import process from "node:process";
import v8 from "node:v8";

/**
 * By the major version of V8, flags with the values that they get, and those that V8 has itself. A version that is not
 * here stays as it is: a flag that V8 does not know makes it complain.
 *
 * @type {ReadonlyMap<string, readonly (readonly [flag: string, late: number, usual: number])[]>}
 */
const FLAGS = new Map([
  // Node.js 20. Bytes of bytecode that a function runs before it is looked at again.
  ["11", [["--interrupt-budget", 4_000_000, 67_584]]],
  // Node.js 22
  ["12", thresholds(800)],
  // Node.js 24
  ["13", thresholds(500)],
  // Node.js 25, as 24
  ["14", thresholds(500)],
]);

/**
 * The flags for one version of V8.
 *
 * @param {string} major such as `13`
 * @returns {readonly string[]}
 */
export function lateFlags(major) {
  return (FLAGS.get(major) ?? []).map(([flag, late]) => `${flag}=${late}`);
}

/**
 * The flags that take {@link lateFlags} back.
 *
 * @param {string} major such as `13`
 * @returns {readonly string[]}
 */
export function usualFlags(major) {
  return (FLAGS.get(major) ?? []).map(([flag, , usual]) => `${flag}=${usual}`);
}

/**
 * How busy a function has to be to be optimized: about sixty times as busy as usual.
 *
 * @param {number} osr the usual number of rounds after which a loop is replaced while it runs
 * @returns {readonly (readonly [flag: string, late: number, usual: number])[]}
 */
function thresholds(osr) {
  return [
    ["--invocation-count-for-maglev", 4_000, 400],
    ["--invocation-count-for-maglev-osr", 4_000, 100],
    ["--invocation-count-for-turbofan", 200_000, 3_000],
    ["--invocation-count-for-osr", 100_000, osr],
  ];
}

/**
 * Lets V8 optimize only what runs very often. A run is so short that it is over before most optimized code pays off,
 * and the optimizer's threads take the two processors of a CI machine from the threads that do the work. Of 603
 * operations with pages, on two processors, that makes 2.8 s and 4.9 s of CPU into 2.2 s and 3.7 s with Node.js 24,
 * and 4.3 s and 8.1 s into 2.7 s and 4.6 s with Node.js 20. A document of 13 MB, where optimized code does pay off,
 * takes the same time as before.
 *
 * It holds for the whole process with all of its threads, so that only the command does it, and no module that other
 * programs import. To be called before anything else is loaded.
 */
export function optimizeLate() {
  setFlags(lateFlags);
}

/**
 * Takes that back for a command that goes on after its first run: while watching, what optimized code saves comes back
 * at each change.
 */
export function optimizeAsUsual() {
  setFlags(usualFlags);
}

/** @param {(major: string) => readonly string[]} flagsOf */
function setFlags(flagsOf) {
  if ("bun" in process.versions || "deno" in process.versions) return;
  const [major = ""] = process.versions.v8.split(".");
  for (const flag of flagsOf(major)) v8.setFlagsFromString(flag);
}
