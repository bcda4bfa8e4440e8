import type { Examination } from "./result.js";
import type { Task } from "./serve.js";
import { startWorker, type Limits, type WorkerProcess } from "./worker-process.js";

export interface Pool extends Limits {
  /** How many worker processes there are. */
  readonly jobs: number;
  /** The program that they run. */
  readonly worker: string;
}

/** A part of its memory above which a worker is replaced before it sees the next document. */
const FULL = 0.5;

/**
 * Gives each task to one of some processes, so that a document that crashes, hangs or fills the memory takes nothing
 * with it but its own process.
 *
 * @param onDone called for each task once, in any order
 */
export async function examineAll<T extends Task>(
  tasks: readonly T[],
  pool: Pool,
  onDone: (task: T, examination: Examination) => void,
): Promise<void> {
  const queue = tasks.values();
  const lane = async (): Promise<void> => {
    let worker: UsedWorker | undefined;
    // One iterator for all lanes: each takes the next task that is left.
    for (const task of queue) {
      const { examination, next } = await examineOne(task, pool, worker);
      worker = next;
      onDone(task, examination);
    }
    worker?.process.stop();
  };
  await Promise.all(Array.from({ length: Math.min(pool.jobs, tasks.length) }, lane));
}

interface UsedWorker {
  readonly process: WorkerProcess;
  /** Whether it has seen another document. */
  readonly isUsed: boolean;
}

async function examineOne(
  task: Task,
  pool: Pool,
  known: UsedWorker | undefined,
): Promise<{ readonly examination: Examination; readonly next: UsedWorker | undefined }> {
  const worker = known ?? { process: await startWorker(pool.worker, pool), isUsed: false };
  const { examination, heap } = await worker.process.examine(task);
  // What earlier documents left in memory is not the fault of this one.
  if (examination.outcome === "out-of-memory" && worker.isUsed)
    return examineOne(task, pool, undefined);
  if (heap !== undefined && heap < pool.memory * FULL)
    return { examination, next: { process: worker.process, isUsed: true } };
  worker.process.stop();
  return { examination, next: undefined };
}
