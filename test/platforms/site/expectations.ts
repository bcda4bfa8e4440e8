import type { Tab } from "./browser.js";

/** Waits until an expression is true in the page. */
export async function expectTrue(tab: Tab, what: string, expression: string): Promise<void> {
  const end = Date.now() + 10_000;
  while ((await evaluate(tab, expression).catch(() => undefined)) !== true) {
    if (Date.now() > end) throw new Error(`not so: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Gives the value of an expression in the page, as JSON has it. */
export async function evaluate(tab: Tab, expression: string): Promise<unknown> {
  const { result, exceptionDetails } = await tab.send("Runtime.evaluate", {
    expression,
    returnByValue: true,
  });
  if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
  return (result as { readonly value?: unknown }).value;
}
