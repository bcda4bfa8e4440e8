import type { Exception } from "./exceptions.js";

/**
 * The complaints of Prism about an operation that no exception is about.
 *
 * @param needed takes every exception that is about one
 */
export function unexcused(
  operationId: string,
  complaints: readonly string[],
  exceptions: readonly Exception[],
  needed: Set<Exception>,
): readonly string[] {
  return complaints.filter((complaint) => {
    const rows = exceptions.filter(
      (row) => row.complaint.test(complaint) && row.operations?.includes(operationId) !== false,
    );
    rows.forEach((row) => needed.add(row));
    return rows.length === 0;
  });
}
