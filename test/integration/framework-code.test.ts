/** @file The Python that the planner prints, run by JAX and by PyTorch: the Jacobian is that of the framework's other way. */

import { expect, test } from "vitest";
import { buildShape } from "../../src/chain/build.ts";
import { createShape } from "../../src/chain/chain.ts";
import { residualShape } from "../../src/chain/residual.ts";
import type { ChainShape } from "../../src/chain/shape.ts";
import { frameworkCode } from "../../src/planner/framework-code.ts";
import type { Framework } from "../../src/planner/framework-layers.ts";
import { findPython } from "../support/python.ts";
import { runProcess } from "../support/run-command.ts";

const PYTHONS: Readonly<Record<Framework, string | null>> = {
  jax: findPython("jax"),
  pytorch: findPython("torch"),
};

/** Chains for each form of the code, with every layer kind among them. */
const SHAPES: Readonly<Record<string, ChainShape>> = {
  "fewer outputs": buildShape({ widths: [30, 20, 10, 7], activation: "relu" }),
  "fewer inputs": buildShape({ widths: [4, 20, 11], activation: "sigmoid", loss: "softmax" }),
  "pushed columns": buildShape({ widths: [40, 30, 12, 40], activation: "tanh" }),
  "pushed columns in the middle": buildShape({ widths: [40, 9, 38, 39, 5, 60], activation: "tanh" }),
  "pulled rows": buildShape({ widths: [40, 12, 30, 40], activation: "sigmoid" }),
  "a bottleneck": buildShape({ widths: [60, 40, 3, 40, 50], activation: "softplus", loss: "logSoftmax" }),
  "a residual layer": createShape([
    ...buildShape({ widths: [30, 9] }).layers,
    residualShape(buildShape({ widths: [9, 4, 9], activation: "tanh" }).layers),
    ...buildShape({ widths: [9, 25], activation: "identity" }).layers,
  ]),
  "a scalar loss": buildShape({ widths: [7, 9, 5], activation: "identity", loss: "softmaxCrossEntropy" }),
  "a likelihood": buildShape({ widths: [7, 5], loss: "negativeLogLikelihood" }),
};

/** Appended to a script: compares J with the Jacobian by one call of the other mode, and says whether J keeps a graph. */
function comparison(shape: ChainShape, code: string, framework: Framework): string {
  const other = code.includes("J = jax.jacfwd") || code.includes("J = jacfwd") ? "jacrev" : "jacfwd";
  const prefix = framework === "jax" ? "jax." : "functions.";
  return [
    ...(framework === "jax"
      ? []
      : [
          "try:",
          "    import torch.func as functions",
          "except ImportError:",
          "    import functorch as functions",
        ]),
    `expected = ${prefix}${other}(through(1, ${shape.layers.length}))(x)`,
    `assert tuple(J.shape) == (${shape.m}, ${shape.n}), J.shape`,
    'assert not getattr(J, "requires_grad", False)',
    "scale = float(abs(expected).max().item())",
    "assert scale > 0",
    "print(float(abs(J - expected).max().item()) / scale)",
  ].join("\n");
}

/** Runs each script in a namespace of its own; one process, since importing a framework takes seconds. */
const RUN_ALL = "import sys, json\nfor script in json.loads(sys.argv[1]):\n    exec(script, {})";

for (const framework of ["jax", "pytorch"] as const) {
  const python = PYTHONS[framework];
  test.skipIf(python === null)(`${framework}: the Jacobian is that of the other mode`, async () => {
    const scripts = Object.values(SHAPES).map((shape) => {
      const code = frameworkCode(shape, framework);
      return code + comparison(shape, code, framework);
    });
    const { code, stdout, stderr } = await runProcess(python!, ["-c", RUN_ALL, JSON.stringify(scripts)]);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    const errors = stdout.trim().split("\n").map(Number);
    expect(errors).toHaveLength(scripts.length);
    for (const error of errors) expect(error).toBeLessThan(1e-4); // single precision
  });
}
