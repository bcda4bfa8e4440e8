import process from "node:process";
import { pathToFileURL } from "node:url";

/*
 * Measures one program in a process of its own, so that what another has taught the compiler changes nothing. Prints
 * microseconds per call: of the processor, the collection of garbage included, which the clock of a busy machine is not.
 */

const WARM_UP = 15_000;
const ROUNDS = 15;
const CALLS = 2_000;

/** @type {{ call: () => PromiseLike<unknown> }} */
const { call } = await import(pathToFileURL(process.argv[2] ?? "").href);
await repeat(WARM_UP);
const times = [];
for (let round = 0; round < ROUNDS; round += 1) {
  const before = process.cpuUsage();
  await repeat(CALLS);
  const { user, system } = process.cpuUsage(before);
  times.push((user + system) / CALLS);
}
// Whatever else the machine does only adds.
process.stdout.write(String(Math.min(...times)));

/** @param {number} count */
async function repeat(count) {
  for (let done = 0; done < count; done += 1) await call();
}
