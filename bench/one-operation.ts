import { changeOf, toggled } from "./changed-operation.js";
import { CHANGED, threeDocuments } from "./documents.js";
import { CONDITIONS, fromNothing, HEADER, rowsOf } from "./generating.js";
import { madeProject } from "./made.js";
import { medians, type Contestant } from "./measure.js";
import { newFolder } from "./folders.js";
import type { Table } from "./suite.js";
import { driftline } from "./tools.js";

/* How long `driftline generate` takes after one operation of one document has changed. */

export const name = "one-operation";

const ROUNDS = 7;

/**
 * Measures; needs `npm run build`.
 *
 * @throws Error if a change leads to no file being written
 */
export function tables(folder: string): readonly Table[] {
  const { sources, told } = threeDocuments(folder);
  const changes = sources.map(({ service }): Contestant => {
    // Each with documents and clients of its own, for they are changed.
    const own = newFolder(folder, service);
    const copies = threeDocuments(own).sources;
    const project = madeProject(copies, own);
    const source = copies.find((copy) => copy.service === service);
    if (source === undefined) throw new Error(`There is no document of ${service}.`);
    const toggle = toggled(changeOf(source, CHANGED[service]));
    return {
      title: `\`${CHANGED[service]}\` of ${service} has changed`,
      prepare: () => {
        toggle();
        return { folder: project.folder, commands: [project.generate] };
      },
    };
  });
  const cold = { ...fromNothing(driftline(true), sources), title: "from nothing" };
  const all = [cold, ...changes];
  const outcomes = medians(all, ROUNDS, folder);
  outcomes.forEach((outcome, index) => {
    if ("files" in outcome && outcome.files === 0)
      throw new Error(`${all[index]?.title ?? ""}, and nothing was written.`);
  });
  return [
    {
      title: "One operation has changed",
      note:
        "Three clients with pages, of which one changes: the summary of one operation, and one optional parameter in " +
        `its query that it has or has not. ${told} ${CONDITIONS} ${ROUNDS} rounds.`,
      header: ["driftline generate", ...HEADER.slice(1)],
      rows: rowsOf(all, outcomes),
    },
  ];
}
