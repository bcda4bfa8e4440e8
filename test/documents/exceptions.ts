/** Where a document breaks a rule, and why it may. One that is no longer needed fails the tests. */
export interface Exception {
  readonly service: string;
  readonly rule: string;
  /** The problem as the rule tells it, behind the operationId or the place. */
  readonly problem: string;
  readonly reason: string;
}

export const EXCEPTIONS: readonly Exception[] = [
  {
    service: "mastodon",
    rule: "declares how it is paged",
    problem: "getSearchV2: parameters of paging without x-pagination",
    reason: "Its answer has three lists, and the offset counts in the one that `type` chooses.",
  },
];
