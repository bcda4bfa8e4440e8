import { readFile } from "node:fs/promises";
import { check, diff, formatDiagnostics, generate, type FileMap } from "driftline";

/* What a user's program does with the package. Compiled against its types, and run with every version of Node.js. */

const files: FileMap = {
  "petstore.yaml": await readFile("petstore.yaml", "utf8"),
  "petstore-2.yaml": await readFile("petstore-2.yaml", "utf8"),
};
const request = { document: "petstore.yaml", files };
const made = await generate(request);
if (made.files === undefined) throw new Error(formatDiagnostics(made.diagnostics));
const { differences } = await check({ ...request, present: made.files });
const { report } = await diff({ old: request, new: { ...request, document: "petstore-2.yaml" } });
process.stdout.write(
  `${made.files.size} files, ${differences?.length} differences, ${report?.findings.length} findings\n`,
);
