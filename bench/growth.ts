import { statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { CONDITIONS, fromNothing } from "./generating.js";
import { growingDocument } from "./growing-document.js";
import { medians, type Outcome, type Run } from "./measure.js";
import type { Table } from "./suite.js";
import { driftline, type Source } from "./tools.js";

/* Whether a client of twice the size takes twice the time. */

export const name = "growth";

const ROUNDS = 3;

/** The sizes, as multiples of about a megabyte; each is twice the one before. */
const SCALES = [1, 2, 4, 8];

/** How much more a megabyte may take in the last step than in one before to be called the same. */
const TOLERANCE = 1.25;

/** Measures; needs `npm run build`. */
export function tables(folder: string): readonly Table[] {
  const documents = SCALES.map((scale) => written(scale, folder));
  const ways = [driftline(true), driftline(false)];
  const contestants = ways.flatMap((tool) =>
    documents.map(({ source, size }) => ({
      ...fromNothing(tool, [source]),
      title: `${tool.title}, ${size.toFixed(1)} MB`,
    })),
  );
  const outcomes = medians(contestants, ROUNDS, folder).map(unfailing);
  return ways.map(({ title }, way) => {
    const points = documents.map(({ size }, index): Point => {
      const run = outcomes[way * documents.length + index];
      return { size, time: run?.time ?? NaN, memory: run?.memory ?? NaN };
    });
    return {
      title: `Growth: ${title}`,
      note:
        `${verdictOf(points)} Made documents that are alike but for their size: operations, schemas that lead to each ` +
        `other, texts, enumerations and choices. ${CONDITIONS} ${ROUNDS} rounds.`,
      header: HEADER,
      rows: rowsOf(points),
    };
  });
}

/** What one size took. */
interface Point {
  /** Megabytes. */
  readonly size: number;
  /** Seconds. */
  readonly time: number;
  /** Megabytes. */
  readonly memory: number;
}

const HEADER = [
  ...["document (MB)", "seconds", "seconds per MB", "times the one before"],
  ...["seconds per MB more", "memory (MB)", "memory per MB more"],
];

function rowsOf(points: readonly Point[]): readonly (readonly string[])[] {
  return points.map((point, index) => {
    const { size, time, memory } = point;
    const figures = [size.toFixed(1), time.toFixed(2), (time / size).toFixed(2)];
    const before = points[index - 1];
    if (before === undefined) return [...figures, "", "", memory.toFixed(0), ""];
    const ratio = time / size / (before.time / before.size);
    return [
      ...[...figures, ratio.toFixed(2), slopeOf("time", before, point).toFixed(2)],
      ...[memory.toFixed(0), slopeOf("memory", before, point).toFixed(0)],
    ];
  });
}

/** What a megabyte more takes, between two sizes: what every run takes, whatever its document, is not in it. */
function slopeOf(key: "time" | "memory", from: Point, to: Point): number {
  return (to[key] - from[key]) / (to.size - from.size);
}

/** Compares the last step with the cheapest one before it: where a megabyte costs more the more there are, it is that. */
function verdictOf(points: readonly Point[]): string {
  const slopes = points.slice(1).map((to, index) => slopeOf("time", points[index] ?? to, to));
  const least = Math.min(...slopes.slice(0, -1));
  const last = slopes.at(-1) ?? NaN;
  const verdict = last <= least * TOLERANCE ? "Linear" : "Worse than linear";
  return `**${verdict}**: a megabyte more takes ${last.toFixed(2)} s in the last step, and at least ${least.toFixed(2)} s in those before.`;
}

/** Ours must not fail: there would be no slope. */
function unfailing(outcome: Outcome): Run {
  if ("fails" in outcome) throw new Error(`driftline ${outcome.fails}`);
  return outcome;
}

function written(
  scale: number,
  folder: string,
): { readonly source: Source; readonly size: number } {
  const file = path.join(folder, `growing-${scale}.json`);
  writeFileSync(file, growingDocument(scale));
  return { source: { service: "growing", file }, size: statSync(file).size / 1_000_000 };
}
