/** @file Every figure of the pages that is no output of a command. */

import { statedNumbers } from "../../../analysis/embed/numbers.ts";
import type { Figure } from "./figure.ts";
import { README_FIGURES } from "./readme-figures.ts";
import { committedResults } from "./sources.ts";
import { TARGET_FIGURES } from "./target-figures.ts";

/** All of them; a sentence that changes is changed here too. */
export const FIGURES: readonly Figure[] = [
  ...README_FIGURES,
  ...TARGET_FIGURES,
  {
    page: "analysis/README.md",
    sentence: 'name === "crossoverTyped")?.text; // "#" for reports/scaling',
    source: "reports/scaling/results.json",
    values: () => [
      statedNumbers(committedResults("scaling")).find(({ name }) => name === "crossoverTyped")!.text,
    ],
  },
];
