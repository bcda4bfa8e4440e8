/**
 * Whether a number is a multiple of a step, as decimals are written: 0.3 is one of 0.1, though a double would have it
 * otherwise. Where digits do not suffice, the remainder of doubles counts.
 */
export function isMultiple(value: number, step: number): boolean {
  if (step === 0 || !Number.isFinite(value) || !Number.isFinite(step)) return false;
  const scale = 10 ** Math.max(decimals(value), decimals(step));
  const [whole, unit] = [Math.round(value * scale), Math.round(step * scale)];
  if (!Number.isSafeInteger(whole) || !Number.isSafeInteger(unit)) return value % step === 0;
  return unit !== 0 && whole % unit === 0;
}

/** How many decimal places a number is written with. */
function decimals(value: number): number {
  const [, fraction = "", exponent = "0"] =
    /^-?\d+(?:\.(\d+))?(?:e([-+]\d+))?$/.exec(String(value)) ?? [];
  return Math.max(0, fraction.length - Number(exponent));
}
