/** @file What the page and its measuring Web Workers say to each other: the command's messages, and two more. */

import type { ActivationKind } from "../../chain/activation.ts";
import type { ExperimentConfig } from "../../experiment/config.ts";
import type { Assignment, Reply, Request } from "../../experiment/messages.ts";
import type { CaseRecord, CostRecord, VariantRecord } from "../../results/types.ts";

/** How fast is this device, and how finely does its clock move. */
export type ProbeRequest = {
  readonly kind: "probe";
  readonly kernel: string;
  readonly activation: ActivationKind | null;
};

/** What are the cases and variants of a config, and what do they cost. */
export type LayOutRequest = {
  readonly kind: "lay-out";
  readonly config: ExperimentConfig;
  /** Larger costs are not counted one by one. */
  readonly limitFma: number;
};

/** From page to worker. */
export type WorkerRequest = Request | ProbeRequest | LayOutRequest;

/** Answer to a {@link ProbeRequest}. */
export type ProbeReply = {
  readonly kind: "probed";
  readonly secondsPerFma: number;
  /** Infinite for a clock that never moved. */
  readonly clockResolutionSeconds: number;
};

/** Answer to a {@link LayOutRequest}. */
export type LayOutReply = {
  readonly kind: "laid-out";
  readonly cases: readonly CaseRecord[];
  readonly variants: readonly VariantRecord[];
  readonly costs: readonly CostRecord[];
  readonly assignment: Assignment;
};

/** From worker to page, one for each request. */
export type WorkerReply = Reply | ProbeReply | LayOutReply;
