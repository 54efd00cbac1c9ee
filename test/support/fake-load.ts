/** @file Preloaded by tests (node --import): lets the one-minute load of the machine be FAKE_LOAD. */

import { syncBuiltinESMExports } from "node:module";
import os from "node:os";

const load = Number(process.env.FAKE_LOAD);
os.loadavg = () => [load, load, load];
syncBuiltinESMExports();
