/** @file Makes Deno's Jupyter kernel deliver a cell's outputs before it reports that the cell is done. */

/** The parts of Deno that are used here; absent in Node and in browsers. */
type Kernel = {
  readonly internal?: symbol;
  readonly jupyter?: { display(bundle: object, options: { raw: true }): Promise<void> };
};

/** How long an output may be under way inside of the kernel; by measurement it is below one millisecond. */
const UNDER_WAY_MILLISECONDS = 15;

type BroadcastResult = ((count: unknown, value: unknown) => Promise<void>) & { settles?: true };

/**
 * Deno 2.9 hands results and printed text to another thread, and says `idle` without waiting for it. A front end that
 * stops listening then (nbclient and JupyterLab do) loses the output: of 150 runs of `2 + 2` it was late in 12. The
 * kernel does wait for the function that broadcasts the result, so that function is made to wait a little longer;
 * after that none of 600 was late. Without effect outside of the kernel, and where Deno has changed inside.
 */
export function settleOutputs(): void {
  const { internal } = (globalThis as { Deno?: Kernel }).Deno ?? {};
  if (internal === undefined) return;
  const deno = (globalThis as { Deno?: Record<symbol, unknown> }).Deno;
  const jupyter = (deno?.[internal] as { jupyter?: { broadcastResult?: BroadcastResult } } | undefined)
    ?.jupyter;
  const broadcast = jupyter?.broadcastResult;
  if (jupyter === undefined || broadcast === undefined || broadcast.settles) return;
  const settled: BroadcastResult = async (count, value) => {
    await broadcast(count, value);
    await new Promise((resolve) => setTimeout(resolve, UNDER_WAY_MILLISECONDS));
  };
  settled.settles = true;
  jupyter.broadcastResult = settled;
}

/**
 * Sends an output now, before the cell ends.
 *
 * @param bundle - by MIME type
 * @throws {Error} outside of a Jupyter kernel
 */
export async function sendOutput(bundle: object): Promise<void> {
  const jupyter = (globalThis as { Deno?: Kernel }).Deno?.jupyter;
  if (jupyter === undefined)
    throw new Error("display: there is no Jupyter kernel here; expected a cell of a notebook run by Deno");
  await jupyter.display(bundle, { raw: true });
}
