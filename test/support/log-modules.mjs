/** @file A preload (`node --import`) that writes the URL of every module that is loaded to the file in MODULE_LOG. */

import { appendFileSync } from "node:fs";
import { registerHooks } from "node:module";

registerHooks({
  load(url, context, nextLoad) {
    appendFileSync(process.env.MODULE_LOG, `${url}\n`);
    return nextLoad(url, context);
  },
});
