/** @file The first weights of rngSeed 1, as every machine must draw them. */

/** W of buildChain({ widths: [2, 3], rngSeed: 1 }), row by row. */
export const FIRST_WEIGHTS: readonly number[] = [
  -1.0882024376076695, -0.44684571884026714, 0.9339017041091947, -0.7441730053391161, 0.5515930290731986,
  0.32754828992963164,
];
