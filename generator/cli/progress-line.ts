import type { Progress, ProgressStep } from "../commands/observed-pipeline.js";
import type { Terminal } from "../commands/command.js";

/** Milliseconds that a run may take before it has to say what it is at. */
const PATIENCE = 300;
/** Characters of the bar. */
const BAR = 20;

/** A terminal with a line on it that tells what a run is at, for as long as nothing else is to be told. */
export interface ProgressLine {
  /** The same terminal; the line is gone before anything is written to it. */
  readonly terminal: Terminal;
  readonly progress: Progress;
  /** Takes the line away, until there is something to tell again. */
  readonly clear: () => void;
}

/**
 * Draws on standard error. The cursor stays visible and stands below the line, so that there is nothing to put right
 * when the run is interrupted, however that happens.
 *
 * @param now milliseconds, from any start
 */
export function progressLine(
  terminal: Terminal,
  now: () => number = () => performance.now(),
): ProgressLine {
  const start = now();
  const state = { isDrawn: false, latest: undefined as ProgressStep | undefined };
  const erase = (): void => {
    if (state.isDrawn) terminal.err("\u001b[1A\u001b[2K");
    state.isDrawn = false;
  };
  const draw = (): void => {
    if (state.latest === undefined) return;
    const text = `${state.isDrawn ? "\u001b[1A\u001b[2K" : ""}${lineOf(state.latest, terminal)}\n`;
    terminal.err(text);
    state.isDrawn = true;
  };
  // Most of the work leaves no room for timers, so that each step looks at the clock, too.
  const timer = setTimeout(draw, PATIENCE);
  timer.unref();
  const clear = (): void => {
    clearTimeout(timer);
    state.latest = undefined;
    erase();
  };
  return {
    terminal: {
      ...terminal,
      out: (text) => {
        erase();
        terminal.out(text);
      },
      err: (text) => {
        erase();
        terminal.err(text);
      },
    },
    progress: (step) => {
      state.latest = step;
      if (now() - start >= PATIENCE) draw();
    },
    clear,
  };
}

/** A bar and what is done, cut to the width of the terminal: a line that goes over two could not be taken away. */
function lineOf({ what, share }: ProgressStep, { columns = 80 }: Terminal): string {
  const full = Math.round(Math.min(Math.max(share, 0), 1) * BAR);
  const text = `${"━".repeat(full)}${"─".repeat(BAR - full)} ${what}`;
  const room = Math.max(columns - 1, 1);
  return text.length > room ? `${text.slice(0, room - 1)}…` : text;
}
