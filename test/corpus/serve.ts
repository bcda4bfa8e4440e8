import type { Examination } from "./result.js";

/** What a worker is asked. */
export interface Task {
  readonly file: string;
  readonly twice: boolean;
}

/** What it says: that it is there, and later what it was asked for. */
export type Message = "ready" | Answer;
export interface Answer {
  readonly examination: Examination;
  /** What it keeps in memory, in megabytes. */
  readonly heap: number;
}

/** Answers what the parent process asks, until that ends. An error ends this process, and the parent sees it. */
export function serve(examine: (task: Task) => Promise<Examination>): void {
  // The parent may end in any way.
  process.once("disconnect", () => process.exit());
  process.on("message", (task: Task) => {
    void examine(task).then((examination) => {
      say({ examination, heap: process.memoryUsage().heapUsed / 1_000_000 });
    });
  });
  say("ready");
}

function say(message: Message): void {
  process.send?.(message);
}
