/** @file Every text that a chart shows, in English. Places in braces are filled in; those of notation fill themselves. */

/** English texts by key. Findings come in pairs of opposite direction; the numbers choose. */
export const ENGLISH = {
  // Notation
  n: "n",
  m: "m",
  sigma: "Σ",
  time: "t",
  depth: "K",
  jvp: "JVP",
  vjp: "VJP",
  forward: "forward",
  reverse: "reverse",
  interval: "95 % interval",

  // Common
  strategyKernel: "strategy (kernel)",
  modeKernel: "mode (kernel)",
  widths: "widths",
  widthsAxis: "widths, {n} first, {m} last",
  timeAxis: "{time}: time of the full Jacobian (seconds)",
  perProductAxis: "{time}/{n} {forward}, {time}/{m} {reverse} (seconds a product)",
  sigmaAxis: "{sigma}: work of one product (FMA)",
  fma: "FMA",
  relative: "relative time",
  process: "process",
  round: "round",
  above: "above",
  below: "below",
  andAs: "and as",
  fromTo: "{low} to {high}",
  predictedWord: "predicted",
  forwardByReverse: "{forward} / {reverse}",
  logScale: "(log scale)",
  pointWithInterval: "Each point is a case, its line the {interval} (often smaller than the point)",
  pointAlone: "Each point is a case",
  quickRun: "QUICK RUN: estimates without intervals",
  oneCase: "1 case",
  cases: "{count} cases",
  repetitions: "{count} repetitions",
  roundsInOne: "{rounds} rounds in 1 process",
  roundsIn: "{rounds} rounds in {processes} processes",
  withPreparation: "times include the preparation",
  moreMachines: "and {count} further environments",

  // Scaling
  workAxis: "products · {sigma}: {n}·{sigma} {forward}, {m}·{sigma} {reverse} (FMA)",
  claimedWorkAxis: "claimed cost of the full Jacobian: {claims} (FMA)",
  slopeOne: "slope 1",
  scalingTitle: "Time of the full Jacobian against its predicted work",
  scalingForward: "({n}·{sigma})^{exponent} {forward}",
  scalingReverse: "({m}·{sigma})^{exponent} {reverse}",
  scalingClaim: "({claim})^{exponent}",
  scalingFinding: "Time grows as {parts}",
  scalingPower: "Time grows as the predicted work to the power {power}",
  slopes: "Slopes of the fitted lines: {list}",
  bandNote: "bands: {interval} of the line, not of a run",

  // Collapse
  collapseTitle: "Seconds a product against {product}",
  collapseOne: "Seconds a product depend on {product} alone, within ±{percent}",
  collapseMany: "{product} alone leaves ±{percent} of the seconds a product unexplained",
  claimedProduct: "the claimed cost",
  claimedProductAxis: "claimed cost of one product: {claims} (FMA)",
  modeComparison:
    "On the same chain a {vjp} takes {times} times as long as a {jvp} (geometric mean over cases; from {low} to {high})",
  curvesAre: "curves are α + β·{product}; {fitted}",
  curvesMissing: "too few different {sigma} to fit α + β·{product}",
  alphaIs: "α = {alpha} a product",
  noAlpha: "no fixed cost a product",
  betaIs: "β = {beta} an FMA",
  notDetermined: "α and β not determined by these cases",
  cacheNote: "Vertical: the {sigma} whose weights (8 bytes each) fill a cache",

  // Ratio
  nAxis: "{n}: inputs ({jvp}s of {forward})",
  mAxis: "{m}: outputs ({vjp}s of {reverse})",
  casesThere: "cases",
  ratioNoteFrame: "Above 1 {reverse} is faster; framed: {n} = {m}, where equal costs a product would give 1",
  ratioNote: "Above 1 {reverse} is faster",
  ratioCurve: "the curve is the fitted crossover",
  ratioBounds: "dotted: its {interval}",
  ratioSeveral: "Each number is the geometric mean over the hidden widths (and depths) measured there",
  ratioSingle: "Each number is one case",
  pairCrossover: "{pair}: crossover {crossover}",
  crossoverPlace: "{n}/{m} = {place}",
  crossoverClaimed: "claimed cost {forward} / {reverse} = {place}",
  crossoverNone: "none within {n}/{m} ∈ [{low}, {high}]; {faster} always faster",
  reverseWins: "Reverse wins {side} {place}",
  noCrossover: "No crossover: {reason}",
  crossoverDiffers: "Where reverse wins differs by strategy and kernel",

  // Counted
  countedAxis: "counted fused multiply-adds of one run (FMA)",
  countedNote: "dotted: time in proportion to FMA",
  countedOne: "An FMA takes {rate}",
  countedMany: "An FMA takes {low} to {high}, by variant",

  // Roofline
  intensityAxis: "arithmetic intensity: FMA for each byte of weights and vectors",
  rateAxis: "rate (FMA a second)",
  peakShare: "share of the kernel's peak",
  peakRate: "peak of {kernels}: {rate} GFMA/s",
  memoryRate: "{levels}: {rate} GB/s",
  memoryWord: "memory",
  rooflineNote:
    "dotted: what memory, caches and a kernel's own peak allow one core; grey: bare products (circles matrix-vector, squares matrix-matrix)",
  rooflineCaches:
    "Bytes are counted as if nothing stayed in a cache: above the line of memory, weights came from one",
  rooflineBoth:
    "At their best, single seeds reach {single} of their kernel's peak, blocks of seeds {blocked}",
  rooflineSingle: "At their best, single seeds reach {share} of their kernel's peak",
  rooflineBlocked: "At their best, blocks of seeds reach {share} of their kernel's peak",

  // Unit seeds
  dense: "dense",
  read: "read",
  unitSeeds: "unit seeds",
  ratioCountedAxis: "{forward} / {reverse}, counted FMA",
  zeroShareAxis: "multiplications by zero",
  modeDense: "mode (dense seeds)",
  unitSeedsNote:
    "dense: a unit seed goes through a full first product; read: the column (in {reverse} the row) is read instead",
  thinned: "{shown} of {all} cases, evenly from the list sorted by ratio",
  unitSeedsFinding:
    "In counted FMA forward / reverse is {dense} with dense unit seeds and {read} with read ones ({case}); up to {zeros} of dense multiplications are by zero",

  // A/A
  aaCovers: "covers 1",
  aaMisses: "misses 1",
  aaNoInterval: "no interval",
  aaAxis: "time of {first} / time of {second}",
  aaRank: "repetitions, sorted by ratio",
  aaDiffers: "The same strategy under two labels differs by {percent} on average",
  aaFinding:
    "{covering} of {total} intervals cover {one}, where the same strategy runs under two labels (expected: about {expected})",
  aaDeviation: "mean |ratio − 1| = {deviation}",
  aaWidth: "median width of an interval {width}",
  aaClustered: "intervals are clustered by {by}",

  // Iso-sigma
  relativeAxis: "seconds a product / their geometric mean",
  isoNote:
    "All chains have {sigma} = {value} (within {percent}); top: few wide layers, bottom: many narrow ones",
  isoEqual:
    "At equal {sigma} no shape is told from another: the dearest takes {factor} times as long per product as the cheapest",
  isoDiffers: "At equal {sigma} a product takes up to {factor} times as long, by shape; dearest: {case}",

  // Predicted and residuals
  predictedAxis: "predicted time of the full Jacobian (seconds)",
  measuredAxis: "{time}: measured time of the full Jacobian (seconds)",
  predictedInSample:
    "Predicted: the machine model (fixed cost, {sigma}, widths) fitted to the same measurements",
  predictedBefore: "Predicted before these cases were measured",
  predictedLines: "dotted: measured = predicted; grey: within 10 %",
  predictedFinding:
    "{close} of {total} times ({percent}) lie within {within} of the prediction; {slower} slower, {faster} faster",
  residualAxis: "measured / fitted time",
  residual: "measured / fitted",
  nWidthAxis: "{n}: columns of J",
  mWidthAxis: "{m}: rows of J",
  residualNote: "Fitted: the machine model (fixed cost, {sigma}, widths), each variant by itself",
  brushNote: "in a page, drag over the left plot: the same cases stay in colour in the others",
  residualsFlat: "The fit leaves ±{rms}, without a certain trend in {n}, {m} or {sigma}",
  residualsRise: "The fit leaves ±{rms}; {variant} rises with {symbol} (r = {r})",
  residualsFall: "The fit leaves ±{rms}; {variant} falls with {symbol} (r = {r})",

  // Exponents
  exponentAxis: "exponent",
  exponentOf: "exponent of {symbol}",
  exponentNote: "Grey: the predicted exponent ± {tolerance}",
  exponentExcess:
    "Where a claim is no product of powers, time is divided by it first: its exponents are what is left, 0 predicted",
  exponentInterval: "lines are {interval}s",
  exponentsTitle: "Exponents of {n}, {m} and {sigma}, without intervals",
  exponentsFinding:
    "{equal} of {total} exponents are as predicted to ±{tolerance}; {differ} certainly differ",

  // Cost
  costFmaAxis: "FMA inside of the clock",
  costNote: "Widths {case}; both from zero",
  costInterval: "lines are {interval}s",
  conventionFree: "nothing at hand",
  conventionGiven: "matrices at hand",
  costConvention: "{convention}: {finding}",
  costAlone: "One strategy for each convention: their costs are not compared",
  costQuick: "{fastest} took the least time, {slowest} {times} times as long, without intervals",
  costEqual: "No strategy is told from {fastest}; {slowest} takes {times} times as long at most",
  costMore: "{count} others",
  costTied: "{leaders} are the fastest, not told apart; {slowest} takes {times} times as long",
  costSame: "{fastest} is fastest, at equal FMA; {slowest} takes {times} times as long",
  costAgree: "{fastest} is fastest, with the fewest FMA; {slowest} takes {times} times as long",
  costDisagree:
    "{fastest} is fastest, though {fewest} has the fewest FMA; {slowest} takes {times} times as long",

  // Depth
  depthAxis: "{depth}: layers",
  depthNote: "dotted: in proportion to the claimed cost ({sigma} with dense seeds), from the deepest chain",
  depthFinding:
    "From {from} to {to} layers a product takes {factor} times as long, where {product} grows {sigmaFactor}-fold",

  // Blocks
  allSeeds: "all",
  blockAxis: "b: seeds in a block",
  blockWord: "block",
  speedupAxis: "time of single products / time in blocks",
  speedupWord: "times as fast",
  blockNote:
    "Above 1 blocks are faster; points are geometric means over cases, lines reach from the worst to the best case",
  blocksHelp: "Blocks help: {size} seeds at once are {factor} times as fast as single ones ({mode})",
  blocksUndecided:
    "The best blocks, of {size} seeds, run at {factor} times the speed of single ones ({mode}), not told from it in every case",
  blocksDoNot:
    "Blocks do not help: the best, of {size} seeds, runs at {factor} times the speed of single ones ({mode})",

  // Memory
  widthSumAxis: "W: sum of widths d₀ + … + d_{depth}",
  bytesAxis: "peak of allocated memory (bytes)",
  bytesWord: "peak",
  memoryNote: "Counted, the {m} × {n} Jacobian included; dotted: 8·W, one tape of float64",
  keepsTape: "{forward} shares one linearisation, so it keeps the tape as well",
  keepsNothing: "{forward} recomputes its linearisation with each product and keeps no tape",
  keepsEither:
    "{forward} is shown with a shared linearisation (keeps the tape) and with a recomputed one (keeps none)",
  memoryEqual: "Forward and reverse need the same memory",
  memoryMore: "Reverse needs {factor} times the memory of forward",
  memoryLess: "Reverse needs less memory than forward: {factor} of it",
  memoryRange: "Strategies allocate {low} to {high}",

  // Memory against time
  tradeoffNote:
    "Numbers: snapshots kept, the chain's input one of them; fewer need less memory and run more layers again",
  tradeoffChain: "widths {case}",
  tradeoffEqual: "counted bytes are the predicted ones, in all {total} variants",
  tradeoffUnequal: "counted bytes are the predicted ones in {equal} of {total} variants only",
  tradeoffSaves: "{name} takes {percent} of the memory of plain reverse, for {times} times its time",
  tradeoffNone:
    "{name} saves no memory here: {factor} times that of plain reverse, for {times} times its time",
  tradeoffKnee: "{name} {percent} for {times} times",
  tradeoffAlone: "{name} needs the least memory, {bytes}",

  // Cheap gradient
  cheapInputsAxis: "{n}: inputs of the chain",
  cheapAxis: "(primal + tape + products) / primal alone",
  cheapWord: "times the function",
  cheapBound: "bound of the literature",
  cheapNote:
    "Points of one {n} stand side by side by depth; dotted: the bound, {least} to {most} times the function (Griewank and Walther, Evaluating Derivatives, chapter 4)",
  cheapMeasure:
    "The bound counts memory moves, additions, multiplications and nonlinear operations; the points are seconds",
  cheapForward: "Dotted curves: 1 + {n} for {forward} with a shared primal, 2{n} with a recomputed one",
  cheapFinding: "A gradient takes {parts}{side}",
  cheapInput: "{range} times the function by one {vjp}",
  cheapWeights: "{range} with respect to all weights",
  cheapByForward: "{range} by {n} {jvp}s",
  cheapWithin: "; {reverse} is within the bound of {bound}",
  cheapBeyond: "; {reverse} can exceed the bound of {bound}",
  cheapUndecided: "; whether {reverse} exceeds the bound of {bound} is not decided",

  // Drift
  roundAxis: "rounds in the order of measuring",
  roundTimeAxis: "time of a round / median time",
  driftNote: "Each point is the geometric mean over all cases; dotted: a new process begins",
  driftNoteMany: "Each point is the geometric mean over all cases of a round",
  driftSlower: "The machine became slower by {percent} from the first to the last third of the rounds",
  driftFaster: "The machine became faster by {percent} from the first to the last third of the rounds",
  driftNone: "No drift is told from noise: rounds stay within ±{percent} % of the median",

  // Network
  networkOne: "One product: {sigma} = {fma} FMA, the area of all blocks",
  networkForward: "{forward}: {n} = {count} copies, {fma} FMA",
  networkReverse: "{reverse}: {m} = {count} copies, {fma} FMA",
  networkNote: "The area of a block J is its FMA: rows × columns; below, all copies on one linear scale",
  networkGroups: "below, one small chain stands for {count} copies",
  networkForwardDearer:
    "Forward takes {times} times the work of reverse: {n} = {inputs} products against {m} = {outputs}",
  networkReverseDearer:
    "Reverse takes {times} times the work of forward: {m} = {outputs} products against {n} = {inputs}",
  networkEqual: "Forward and reverse take the same work: {n} = {m} = {inputs} products",

  // Bracketing
  bracketingFactor: "factor",
  bracketingTangents: "tangents",
  bracketingAdjoints: "adjoints",
  bracketingProduct: "explicit product",
  bracketingInner: "inner plan of a residual",
  bracketingLegend: "formed by",
  bracketingBlock: "block",
  bracketingNote:
    "Matrices to scale, J = Fp … F1 from the left; over each block its FMA; solid lines: what it is formed of, dotted: factors that it is pushed or pulled through; convention {convention}",
  bracketingCheaper: "This plan takes {fma} FMA, where {mode} would take {times} times as many",
  bracketingPure: "No plan of this kind is cheaper than {mode}: {fma} FMA",
  bracketingAlone: "This plan takes {fma} FMA",

  // Bottleneck
  bottleneckAxis: "h: swept width",
  bottleneckRatioAxis: "time of the strategy / time of the mixed plan",
  bottleneckPredicted: "FMA ratio",
  bottleneckNote:
    "Points: measured, lines through them the {interval}; dashed: ratio of FMA; above 1 the mixed plan is faster",
  bottleneckFinding:
    "At h = {width} the mixed plan is {measured} times as fast as the better mode (FMA: {predicted}); {switch}",
  bottleneckSwitch: "it is for certain ahead at h = {measured}, by FMA {predicted}",
  bottleneckAhead: "it is ahead at every width, by FMA {predicted}",
  bottleneckNever: "it is for certain ahead at no width, by FMA {predicted}",

  // Regret
  regretAxis: "time / time of the fastest strategy of the chain",
  regretStrategy: "strategy",
  regretChain: "chain",
  regretFastest: "fastest",
  regretNote:
    "Each tick is a chain, each point the median; the fastest is chosen on even rounds, ratios are of odd ones; dotted: within {percent} of it",
  regretFinding:
    "{strategy} is within {percent} of the fastest on {close} of {total} chains; median regret {median}, worst {worst}",

  // Devices
  devicesDevice: "device",
  devicesRuntime: "measured in",
  devicesGroup: "browser or Node",
  devicesExponent: "{symbol}, {mode}",
  devicesCrossover: "crossover {n}/{m}",
  devicesNote: "Each row is a device, each dot its exponent; grey: predicted ± {tolerance}",
  devicesInterval: "lines: {interval}",
  devicesLaw: "{law} {mode}",
  devicesCrossing: "crossover at {n}/{m} = {ratio}",
  devicesFinding: "{count} devices, in the median {list}",

  // Peers
  peersSeries: "mode, threads",
  peersMode: "{mode}, {threads}",
  oneThread: "1 thread",
  allCores: "all cores",
  peersFramework: "framework and way",
  peersWorkAxis: "{n}·{sigma} {forward}, {m}·{sigma} {reverse} (FMA)",
  peersTimeAxis: "{time} (seconds)",
  peersSlopes: "slope {list}",
  peersRate: "1 GFMA/s",
  peersNote:
    "Lines: fitted in log-log, their slopes in each plot (the law claims 1); dotted: {rate}, the same in every plot",
  peersBoth:
    "Time grows as the work to the power {single} where seeds go one by one, {vectorised} where they are one vectorised call",
  peersSingle: "Time grows as the work to the power {single} where seeds go one by one",
  peersVectorised: "Time grows as the work to the power {vectorised} where all seeds are one vectorised call",
  peersTitle: "Time of the full Jacobian on each framework against its predicted work",

  // Skip
  skipFinding: "Along the skip, δ reaches x unchanged and is added to what came through the layers",
  skipFormula: "δx = W₁ᵀ ( 1[W₁x > 0] ⊙ W₂ᵀ δy ) + δy",
  skipNote: "Solid: values of y = W₂ σ(W₁ x) + x, with σ = ReLU; dashed: δ = ∂L/∂· flowing back",
  skipName: "skip: + x",
} as const satisfies Readonly<Record<string, string>>;
