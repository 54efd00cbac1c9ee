/** @file The public names of jacobench, one by one. Analysis and charts are in `jacobench/analysis`. */

export { type Gradient, type GradientOptions, gradient } from "./ad/gradient.ts";
export {
  type CountedCost,
  countCost,
  type JacobianPreparation,
  predictCost,
  prepareJacobian,
  referenceJacobian,
  type StrategyChoice,
} from "./ad/jacobian.ts";
export { jvp } from "./ad/jvp.ts";
export { parameterJvp, parameterVjp, zeroParameters } from "./ad/parameters.ts";
export { type Pullback, vjp } from "./ad/vjp.ts";
export { basis, type Matrix, matrix, toRows, type Vector, vector, zeros } from "./array.ts";
export { ACTIVATIONS, type ActivationKind, activation } from "./chain/activation.ts";
export { buildChain, buildShape, type ChainSpec, randomPoint } from "./chain/build.ts";
export { type Chain, createChain } from "./chain/chain.ts";
export { dense } from "./chain/dense.ts";
export { type ChainDescription, describeShape } from "./chain/describe.ts";
export type { DenseParameters, Layer } from "./chain/layer.ts";
export { linear } from "./chain/linear.ts";
export { negativeLogLikelihood, softmaxCrossEntropy } from "./chain/loss.ts";
export { residual } from "./chain/residual.ts";
export type { ChainShape, LayerKind, LayerShape, Structure } from "./chain/shape.ts";
export { logSoftmax, softmax } from "./chain/softmax.ts";
export type { Operation, OperationKind } from "./cost/operation.ts";
export type { Prediction } from "./cost/prediction.ts";
export { type ErrorCode, JacobenchError } from "./errors.ts";
export { KERNELS, usableKernels } from "./kernels/index.ts";
export { type Answer, type Checker, check } from "./lessons/check.ts";
export type { Problem2Instance } from "./lessons/problem2.ts";
export type { Problem3Instance } from "./lessons/problem3.ts";
export type { Problem4Instance } from "./lessons/problem4.ts";
export type { Problem5Instance } from "./lessons/problem5.ts";
export type { CheckResult, PartResult } from "./lessons/result.ts";
export type { ArrayAnswer, InstanceOptions } from "./lessons/types.ts";
export { bracketingText, bracketingTree } from "./planner/bracketing.ts";
export { type ChainPlan, planChain, planProducts } from "./planner/chain-product.ts";
export {
  type CheckpointAction,
  type CheckpointPlan,
  checkpointTradeoff,
  planCheckpoints,
  planSnapshots,
  revolveUntapedSteps,
} from "./planner/checkpointing.ts";
export { denseElemental, type Elemental, elementalsOf } from "./planner/elemental.ts";
export { type Advice, describeOperations, explainPlan } from "./planner/explain.ts";
export { type HomogeneousCosts, homogeneousCosts } from "./planner/homogeneous.ts";
export { switchWidth } from "./planner/switch-width.ts";
export { STRATEGIES } from "./strategies/index.ts";
export type { PreparedJacobian, Strategy, StrategyOptions } from "./strategies/types.ts";
export type { Warning, WarningCode } from "./warnings.ts";
