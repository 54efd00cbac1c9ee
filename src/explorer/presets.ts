/** @file Networks to begin with: one for each answer that there is. Pure. */

import { type ExplorerState, OPENING } from "./state.ts";

/** A network with a name. */
export type Preset = {
  readonly id: string;
  readonly name: string;
  readonly network: Pick<ExplorerState, "widths" | "activation" | "loss">;
};

const plain = { activation: "none", loss: "none" } as const;

/** All presets, the opening's first. */
export const PRESETS: readonly Preset[] = [
  { id: "scalar-loss", name: "Scalar loss", network: { ...plain, widths: OPENING.widths } },
  { id: "classifier", name: "Classifier", network: { ...plain, widths: [784, 128, 64, 10] } },
  { id: "autoencoder", name: "Autoencoder", network: { ...plain, widths: [512, 512, 8, 512, 512] } },
  { id: "simulator", name: "Simulator", network: { ...plain, widths: [3, 200, 200, 400] } },
  {
    id: "four-layers",
    name: "Four layers",
    network: { ...plain, widths: [6, 8, 8, 5, 4] },
  },
];

/**
 * The preset that a state shows.
 *
 * @param state - what is shown
 * @returns its id, or null for a network of the reader's own
 */
export function presetOf({ widths, activation, loss }: ExplorerState): string | null {
  const shown = JSON.stringify([widths, activation, loss]);
  return (
    PRESETS.find(
      ({ network }) => JSON.stringify([network.widths, network.activation, network.loss]) === shown,
    )?.id ?? null
  );
}
