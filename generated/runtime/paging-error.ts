import { ClientError, type Operation } from "./errors.js";

/**
 * The pages of a list lead nowhere: the service repeats one, or does not tell how to go on. All items
 * that came before have been given.
 */
export class PagingError extends ClientError {
  constructor(operation: Operation, problem: string) {
    super(operation, `cannot be paged any further: ${problem}`);
  }

  override get name(): string {
    return "PagingError";
  }
}
