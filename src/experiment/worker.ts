/** @file Entry of a measuring child process: does what it is told, one measurement at a time. (N) */

import { createAnswerer } from "./answer.ts";
import type { Request } from "./messages.ts";
import { followRecipe } from "./recipe.ts";

// An interrupt from the terminal reaches the whole process group: the parent decides what happens.
process.on("SIGINT", () => {});
// Without its parent nobody would store what it measures.
process.on("disconnect", () => process.exit(0));

const answer = createAnswerer(followRecipe);

process.on("message", async (request: Request) => {
  const reply = await answer(request);
  if (process.connected) process.send!(reply);
});
