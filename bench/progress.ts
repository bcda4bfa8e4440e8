/** Tells what a run is at, for those who wait for it: a line of stderr, for stdout has the tables. */
export function tell(line: string): void {
  process.stderr.write(`  ${line}\n`);
}
