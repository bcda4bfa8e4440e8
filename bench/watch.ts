import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as after } from "node:timers/promises";
import { changeOf, toggled } from "./changed-operation.js";
import { CHANGED, threeDocuments } from "./documents.js";
import { madeProject } from "./made.js";
import { median } from "./measure.js";
import { tell } from "./progress.js";
import type { Table } from "./suite.js";
import { DRIFTLINE, NODE, NODE_VERSION } from "./tools.js";
import { snapshotOf, writtenBetween } from "./written.js";

/* How long it takes from saving a document to the last file written, where `generate --watch` runs. */

export const name = "watch";

/** How often each document is saved with another operation than before, in turns. */
const CHANGES = 7;

/** How long nothing is saved after the last file was written, in milliseconds: as people do. */
const PAUSE = 500;

/** How long a change may take, in milliseconds. */
const LIMIT = 60_000;

/**
 * The line of a run that wrote something. Now and then another one comes before it, which found nothing to do: the
 * watcher looks at a file while it is being written.
 */
const RUN = /^\d\d:\d\d:\d\d {2}\d+ written/;

/** Measures; needs `npm run build`. */
export async function tables(parent: string): Promise<readonly Table[]> {
  const { sources, told } = threeDocuments(parent);
  const { folder } = madeProject(sources, parent);
  const services = sources.map((source) => ({
    title: `\`${CHANGED[source.service]}\` of ${source.service}`,
    toggle: toggled(changeOf(source, CHANGED[source.service])),
    times: [] as number[],
    files: [] as number[],
  }));
  const watching = startWatching(folder);
  try {
    await watching.line(/^Watching for changes/);
    for (let turn = 1; turn <= CHANGES; turn += 1) {
      for (const { title, toggle, times, files } of services) {
        await after(PAUSE);
        const before = snapshotOf(folder);
        const savedAt = performance.now();
        toggle();
        await watching.line(RUN);
        const time = (performance.now() - savedAt) / 1_000;
        const written = writtenBetween(before, snapshotOf(folder)).length;
        if (written === 0) throw new Error(`${title} was saved, and nothing was written.`);
        times.push(time);
        files.push(written);
        tell(`change ${turn} of ${CHANGES}: ${title}: ${time.toFixed(2)} s`);
      }
    }
  } finally {
    await watching.end();
  }
  return [
    {
      title: "From saving to the last file",
      note:
        "`driftline generate --watch` over three clients with pages, of which one document is saved with one operation " +
        "changed; from before saving until the line that tells of the last file written, which is 50 ms of waiting " +
        `for more changes included. ${told} Node.js ${NODE_VERSION}, ${CHANGES} changes each, in turns.`,
      header: ["changed", "seconds, median", "least", "most", "files written"],
      rows: services.map(({ title, times, files }) => [
        title,
        ...[median(times), Math.min(...times), Math.max(...times)].map((time) => time.toFixed(2)),
        String(median(files)),
      ]),
    },
  ];
}

/** The program while it watches. */
interface Watching {
  /** The next line of its output that matches, after those that were asked for before. */
  readonly line: (pattern: RegExp) => Promise<string>;
  readonly end: () => Promise<void>;
}

function startWatching(folder: string): Watching {
  const child = spawn(NODE, [DRIFTLINE, "generate", "--watch"], { cwd: folder });
  const ended = once(child, "close");
  let output = "";
  let isEnded = false;
  let look = (): void => undefined;
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    look();
  });
  // Read and left alone: it must not fill up.
  child.stderr.resume();
  void ended.then(() => {
    isEnded = true;
    look();
  });
  return {
    line: (pattern) =>
      new Promise((resolve, reject) => {
        const limit = setTimeout(() => {
          reject(new Error(`Nothing that matches ${String(pattern)} within ${LIMIT} ms.`));
        }, LIMIT);
        look = () => {
          for (let end = output.indexOf("\n"); end !== -1; end = output.indexOf("\n")) {
            const line = output.slice(0, end);
            output = output.slice(end + 1);
            if (!pattern.test(line)) continue;
            clearTimeout(limit);
            look = () => undefined;
            resolve(line);
            return;
          }
          if (!isEnded) return;
          clearTimeout(limit);
          reject(new Error("The program has ended while it should watch."));
        };
        look();
      }),
    end: async () => {
      child.kill("SIGINT");
      await ended;
    },
  };
}
