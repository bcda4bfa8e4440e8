/** Leaves a body unread: the document says that there is none. */
export async function asNothing(response: Response): Promise<undefined> {
  await response.body?.cancel().catch(() => undefined);
  return undefined;
}
