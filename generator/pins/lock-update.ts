import { valueHash } from "../document/hashes.js";
import { lockText, type Lock } from "./lock-file.js";
import { pinsJson } from "./pins-json.js";

/** A lock as it is, and as it is to be. */
export interface LockUpdate {
  readonly before: Lock;
  readonly after: Lock;
}

/**
 * The text that a lock should have, whatever it says of what clients were made of: where only that is another one, as
 * after a comment in a document, every name and every file is right.
 */
export function wantedText({ before, after }: LockUpdate): string {
  const services = [...after.services].map(([service, entry]) => {
    const made = before.services.get(service)?.made;
    return [service, { ...entry, made }] as const;
  });
  return lockText({ services: new Map(services) });
}

/**
 * Why a lock is not what it should be; several can hold at once.
 *
 * - `not-locked`: it has nothing of a service, or is not there
 * - `document-changed`: a client was made of another document
 * - `names-changed`: things have other names, or there are others
 * - `edited-by-hand`: it says the same as it should, but not so
 */
export type LockReason = "not-locked" | "document-changed" | "names-changed" | "edited-by-hand";

/** Tells why a lock differs from what it should be; the texts of both do. */
export function lockReasons({ before, after }: LockUpdate): readonly LockReason[] {
  const reasons = new Set<LockReason>();
  for (const [service, { document, pins }] of after.services) {
    const present = before.services.get(service);
    const isLocked =
      present !== undefined && (present.document !== undefined || document === undefined);
    if (!isLocked) reasons.add("not-locked");
    else if (present.document !== document) reasons.add("document-changed");
    else if (valueHash(pinsJson(present.pins)) !== valueHash(pinsJson(pins)))
      reasons.add("names-changed");
  }
  const [first, ...others] = [...reasons];
  if (first === undefined) return [before.text === undefined ? "not-locked" : "edited-by-hand"];
  return [first, ...others];
}
