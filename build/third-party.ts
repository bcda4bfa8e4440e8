import { readdirSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { BundledPackage } from "./packages.js";
import { DIST } from "./places.js";

/** What may be handed on under a licence of its own, as long as that goes along. */
const LICENSES: ReadonlySet<string> = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "ISC",
  "MIT",
]);

const INTRODUCTION = `The files of this folder contain parts of the packages below, each under its own licence. They have been joined
with others and otherwise left as they were.
`;

/** Writes whose work is in the bundles, and under which licence. Throws where one does not allow that. */
export async function writeThirdParty(packages: readonly BundledPackage[]): Promise<void> {
  const entries = packages.map(entry);
  await writeFile(path.join(DIST, "THIRD-PARTY.txt"), [INTRODUCTION, ...entries].join("\n"));
}

function entry(part: BundledPackage): string {
  const { name, version, license } = part;
  if (!LICENSES.has(license))
    throw new Error(`${name} has the licence ${license}, which nobody has looked at`);
  const line = "-".repeat(80);
  return `${line}\n${name} ${version} (${license})\n${line}\n\n${licenseText(part)}\n`;
}

/** The text that came with a package. Some say only in `package.json` which one it is. */
function licenseText({ folder, license, author }: BundledPackage): string {
  const file = readdirSync(folder).find((name) => /^licen[cs]e(?:\.\w+)?$/i.test(name));
  if (file === undefined) return `${license}, without a text of its own: ${author}.`;
  return readFileSync(path.join(folder, file), "utf8").replaceAll("\r\n", "\n").trim();
}
