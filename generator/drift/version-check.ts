import semver from "semver";
import { quoted } from "../diagnostics/quoted.js";
import type { VersionStep } from "./drift-report.js";

/** Whether the version of a client has risen enough. */
export interface VersionCheck {
  readonly isEnough: boolean;
  /** What is so, or what is wrong and which version would do: one sentence. */
  readonly message: string;
}

/**
 * Compares the rise of a version with what the changes ask for (Semantic Versioning 2.0.0). Before 1.0.0 anything may
 * change with the second number, as package managers have it that take `^0.2.3` for `0.2.x`: there a breaking change
 * asks for that one, and an addition for the third. A pre-release is enough where its release would be.
 *
 * @param before the version that was published last
 * @param after the version that is to be published
 */
export function checkVersion(before: string, after: string, advice: VersionStep): VersionCheck {
  const [old, now] = [semver.parse(before), semver.parse(after)];
  if (old === null || now === null) {
    const wrong = old === null ? before : after;
    return no(`${quoted(wrong)} is no version: it takes three numbers, such as 1.2.0.`);
  }
  const change = `From ${old.version} to ${now.version}`;
  const step = stepFor(old, advice);
  if (semver.lt(now, old)) return no(`${change} is a step back.`);
  if (step === "none") return yes(`${change} is enough: nothing changes for callers.`);
  const needed = semver.inc(old.version, step) ?? old.version;
  const release = `${now.major}.${now.minor}.${now.patch}`;
  if (semver.eq(now, old) || semver.lt(release, needed))
    return no(`${change} is not enough: these changes ask for ${needed} or higher.`);
  return yes(`${change} is enough: these changes ask for ${needed} or higher.`);
}

/** Whether a text is a version of Semantic Versioning. */
export function isVersion(text: string): boolean {
  return semver.valid(text) !== null;
}

function stepFor({ major }: semver.SemVer, advice: VersionStep): VersionStep {
  if (major > 0) return advice;
  return advice === "major" ? "minor" : advice === "minor" ? "patch" : advice;
}

function yes(message: string): VersionCheck {
  return { isEnough: true, message };
}

function no(message: string): VersionCheck {
  return { isEnough: false, message };
}
