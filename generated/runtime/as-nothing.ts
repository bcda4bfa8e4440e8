/** Leaves a body unread: the document says that there is none. */
export function asNothing(response: Response): undefined {
  // Not waited for: where a middleware has copied the response, that would be until the copy has been read.
  response.body?.cancel().catch(() => undefined);
}
