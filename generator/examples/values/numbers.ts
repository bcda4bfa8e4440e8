import type { NumberLimits } from "./limits.js";

/** A number within limits: 1, or what is nearest to it. */
export function numberOf(limits: NumberLimits, isInteger: boolean): number {
  const { minimum, maximum, above, below, step = isInteger ? 1 : undefined } = limits;
  const grain = step ?? 0.5;
  const least = Math.max(minimum, above === -Infinity ? above : above + (isInteger ? 1 : 0));
  const most = Math.min(maximum, below === Infinity ? below : below - (isInteger ? 1 : 0));
  const near = Math.min(Math.max(1, least), most);
  if (step === undefined) return inside(near, { above, below }, least, most);
  const up = Math.ceil(near / grain) * grain;
  const down = Math.floor(near / grain) * grain;
  return up <= most && up > above && up < below ? up : down;
}

/** Of two limits that are excluded, what is between them. */
function inside(
  near: number,
  { above, below }: Pick<NumberLimits, "above" | "below">,
  least: number,
  most: number,
): number {
  if (near > above && near < below) return near;
  if (Number.isFinite(least) && Number.isFinite(most)) return (least + most) / 2;
  return near <= above ? above + 1 : below - 1;
}
