import type { DiagnosticCode } from "../diagnostics/codes.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { correctFormType, correctMediaType, correctStatus } from "./content-repairs.js";
import {
  addOperationId,
  addSlash,
  completeInfo,
  correctHeaderName,
  correctLocation,
  declarePathParameters,
  lowerMethod,
  removeEarlierParameter,
  removeParameter,
  removeStyle,
  removeUnusedParameter,
  renameExpressPath,
  separateOperationIds,
} from "./operation-repairs.js";
import type { Patient, Repair } from "./repair.js";
import {
  correctKeyword,
  correctType,
  correctValue,
  undelimitPattern,
  wrapReference,
} from "./schema-repairs.js";

/** Finds out how what stands at a pointer can be repaired; nothing where nobody can know what is meant. */
type FindRepairs = (pointer: string, patient: Patient) => readonly Repair[];

/**
 * What can be repaired. A repair says in the document what driftline reads out of it anyway, or what it cannot mean
 * otherwise; each has a case in `test/doctor/`.
 */
export const REPAIRS: Readonly<Partial<Record<DiagnosticCode, FindRepairs>>> = {
  "delimited-pattern": undelimitPattern,
  "described-elsewhere-header": removeParameter,
  "duplicate-parameter": removeEarlierParameter,
  "express-path": renameExpressPath,
  "http-owned-header": removeParameter,
  "ignored-value": correctValue,
  "incomplete-info": (_pointer, patient) => completeInfo(patient),
  "invalid-header-name": correctHeaderName,
  "invalid-media-type": correctMediaType,
  "invalid-parameter": correctLocation,
  "invalid-status": correctStatus,
  "missing-operation-id": addOperationId,
  "misspelt-keyword": correctKeyword,
  "nullable-beside-reference": wrapReference,
  "path-without-slash": addSlash,
  "repeated-operation-id": separateOperationIds,
  "undeclared-path-parameter": declarePathParameters,
  "unknown-method": lowerMethod,
  "unknown-style": removeStyle,
  "unknown-type": correctType,
  "unregistered-form-type": correctFormType,
  "unused-path-parameter": removeUnusedParameter,
};

/** How a finding can be repaired, if anybody can tell. */
export function repairsOf({ code, place }: Diagnostic, patient: Patient): readonly Repair[] {
  if (place === undefined || !("pointer" in place)) return [];
  return REPAIRS[code]?.(place.pointer, patient) ?? [];
}
