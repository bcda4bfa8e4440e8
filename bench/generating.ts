import type { Contestant, Outcome } from "./measure.js";
import { NODE_VERSION, type Source, type Tool } from "./tools.js";

/** A generator that starts with nothing but the documents, each time, and in a new folder each time. */
export function fromNothing(tool: Tool, sources: readonly Source[]): Contestant {
  return {
    title: tool.title,
    prepare: (folder) => ({ folder, commands: tool.prepare(folder, sources) }),
  };
}

/** A row for each, with how often its time is that of the first, and that of the fastest. */
export function rowsOf(
  contestants: readonly { readonly title: string }[],
  outcomes: readonly Outcome[],
): readonly (readonly string[])[] {
  const times = outcomes.map((outcome) => ("fails" in outcome ? NaN : outcome.time));
  const [first = NaN] = times;
  const fastest = Math.min(...times.filter((time) => !Number.isNaN(time)));
  return contestants.map(({ title }, index) => {
    const outcome = outcomes[index];
    if (outcome === undefined || "fails" in outcome)
      return [title, `fails: ${outcome?.fails ?? "not measured"}`, "", "", "", ""];
    const { time, files, memory } = outcome;
    const ratios = [first, fastest].map((other) =>
      Number.isNaN(other) ? "" : (time / other).toFixed(2),
    );
    return [title, time.toFixed(2), ...ratios, files.toLocaleString("en"), memory.toFixed(0)];
  });
}

/** What {@link rowsOf} has. */
export const HEADER = [
  ...["generator", "seconds", "times the first", "times the fastest"],
  ...["files written", "memory (MB)"],
];

/** What is true of all tables of times. */
export const CONDITIONS =
  `Whole processes, in turns, medians; all on Node.js ${NODE_VERSION}. ` +
  "Memory is the peak of the largest process.";
