/** @file The type of lodash, as far as sampler.ts uses it: something to hand on to Benchmark.js. */

declare module "lodash" {
  const lodash: object;
  export = lodash;
}
