/* eslint-disable @typescript-eslint/no-unnecessary-type-parameters -- type parameters are all there is here */

/**
 * Whether two types are one and the same, `any`, `unknown`, optional and readonly properties included: only
 * then are two generic functions that compare with them interchangeable.
 */
export type Equal<One, Other> =
  (<T>() => T extends One ? 1 : 2) extends <T>() => T extends Other ? 1 : 2 ? true : false;

/** Compiles only for `true`: `check<Equal<keyof A, "b" | "c">>()`. */
export function check<Holds extends true>(): Holds | undefined {
  return undefined;
}

type Exactly<Expected> = <Actual>(
  value: Actual,
  ...wrong: Equal<Actual, Expected> extends true ? [] : [Expected]
) => void;

/** Compiles only for a value of exactly this type: `exactly<string>()(value)`. */
export function exactly<Expected>(): Exactly<Expected> {
  return (value, ...wrong) => {
    use(value, wrong);
  };
}

/** Takes any value, so that an expression can stand alone. */
export function use(...values: readonly unknown[]): void {
  values.forEach(String);
}

check<Equal<string, string>>();
check<Equal<{ a?: string | undefined }, { a?: string | undefined }>>();
// @ts-expect-error -- an optional property is not one that may be undefined
check<Equal<{ a?: string }, { a: string | undefined }>>();
// @ts-expect-error -- any is not unknown
check<Equal<unknown, ReturnType<typeof JSON.parse>>>();
// @ts-expect-error -- never is not everything
check<Equal<never, string>>();
// @ts-expect-error -- a union is not one of its members
check<Equal<string | number, string>>();
exactly<string | number>()(JSON.stringify([]) as string | number);
// @ts-expect-error -- nor does a value of one pass for it
exactly<string | number>()(JSON.stringify([]));
// @ts-expect-error -- and any passes for nothing
exactly<string>()(JSON.parse("1"));
