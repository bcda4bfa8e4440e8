import { version } from "driftline";

/* What a user's program imports, compiled and run against the installed package. */

const text: string = version;
process.stdout.write(`${text}\n`);
