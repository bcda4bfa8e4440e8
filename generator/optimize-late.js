import process from "node:process";
import v8 from "node:v8";

/** Flags of V8 by the major version of V8. One that is not here stays as it is: a flag that V8 does not know makes it complain. */
const FLAGS = new Map([
  // Node.js 20. Bytes of bytecode that a function runs before it is looked at again; V8 has 67,584.
  ["11", ["--interrupt-budget=4000000"]],
  // Node.js 22
  ["12", thresholds()],
  // Node.js 24
  ["13", thresholds()],
  // Node.js 25
  ["14", thresholds()],
]);

/**
 * The flags for one version of V8.
 *
 * @param {string} major such as `13`
 * @returns {readonly string[]}
 */
export function lateFlags(major) {
  return FLAGS.get(major) ?? [];
}

/** About sixty times what V8 has, which is 400, 100, 3,000 and 500: a function has to be that busy to be optimized. */
function thresholds() {
  return [
    "--invocation-count-for-maglev=4000",
    "--invocation-count-for-maglev-osr=4000",
    "--invocation-count-for-turbofan=200000",
    "--invocation-count-for-osr=100000",
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
  if ("bun" in process.versions || "deno" in process.versions) return;
  const [major = ""] = process.versions.v8.split(".");
  for (const flag of lateFlags(major)) v8.setFlagsFromString(flag);
}
