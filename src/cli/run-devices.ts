/** @file The work of `devices`: reads results files, prints what they say together, writes the picture and its page. */

import { drawDevices } from "../../analysis/charts/devices.ts";
import { type Device, QUANTITIES, summariseDevices } from "../../analysis/laws/devices.ts";
import { renderSpec } from "../../analysis/render/render-spec.ts";
import { devicesMarkdown, type LeftOut } from "../../analysis/report/devices-page.ts";
import {
  devicesSentences,
  deviceValue,
  quantityName,
  summaryRows,
} from "../../analysis/report/devices-words.ts";
import { specJson } from "../../analysis/report/render-report.ts";
import { COLUMNS, plainText, wrapText } from "../../analysis/text.ts";
import { JacobenchError } from "../errors.ts";
import { createFolder, inside, writeFileAtomic } from "../files.ts";
import { EXIT } from "./action.ts";
import type { DevicesCommandOptions } from "./devices.ts";
import { type ReadDevices, readDevices } from "./read-devices.ts";
import { formatTable } from "./table.ts";

/** Names and runtimes are cut to so many characters in the terminal; the page has them whole. */
const NAME_COLUMNS = 22;
const RUNTIME_COLUMNS = 16;

/**
 * Draws devices.
 *
 * @param paths - files and folders
 * @param options - of the command
 * @returns exit code: 1 where a file had to be left out
 * @throws {JacobenchError} `ERR_CONFIG` where no file could be used, `ERR_FILE`
 */
export async function devicesCommand(
  paths: readonly string[],
  options: DevicesCommandOptions,
): Promise<number> {
  const read = readDevices(paths);
  const { devices, leftOut, repeated } = read;
  for (const { name, reason } of leftOut) complain(`left out: ${name}: ${reason}`);
  for (const { name, of } of repeated) complain(`${name}: the same session as ${of}; counted once`);
  if (devices.length === 0) {
    throw new JacobenchError(
      "ERR_CONFIG",
      `devices: none of ${paths.length === 1 ? "the 1 path" : `the ${paths.length} paths`} holds usable results; ` +
        "expected results.json files of a sweep or of the explorer",
    );
  }
  const files = await write(read, options.out);
  process.stdout.write(
    options.format === "json"
      ? `${JSON.stringify(jsonOf(read), null, 2)}\n`
      : textOf(devices, leftOut, files),
  );
  return leftOut.length > 0 ? EXIT.failed : EXIT.done;
}

async function write({ devices, leftOut }: ReadDevices, out: string): Promise<string[]> {
  const spec = drawDevices(devices);
  const contents: readonly (readonly [string, string | Uint8Array])[] = [
    ["devices.vl.json", specJson(spec)],
    ["devices.svg", await renderSpec(spec, "svg", { id: "devices" })],
    ["devices.png", await renderSpec(spec, "png", { id: "devices", scale: 2 })],
    ["index.md", devicesMarkdown(devices, leftOut)],
  ];
  createFolder(out);
  return contents.map(([name, content]) => {
    const file = inside(out, name);
    writeFileAtomic(file, content);
    return file;
  });
}

function textOf(devices: readonly Device[], leftOut: readonly LeftOut[], files: readonly string[]): string {
  const used = QUANTITIES.filter(
    ({ id, predicted }) => predicted === 1 && devices.some(({ values }) => values[id] != null),
  );
  const left = (heading: string) => ({ heading, align: "left" as const });
  const right = (heading: string) => ({ heading, align: "right" as const });
  const short: Readonly<Record<string, string>> = { forward: "fwd", reverse: "rev" };
  const table = formatTable(
    [
      left("device"),
      left("measured in"),
      ...used.map((quantity) =>
        right(
          quantity.mode === null ? "n/m" : `${quantityName(quantity).split(",")[0]} ${short[quantity.mode]}`,
        ),
      ),
    ],
    devices.map((device) => [
      cut(device.name, NAME_COLUMNS),
      cut(device.runtime, RUNTIME_COLUMNS),
      ...used.map((quantity) => deviceValue(device, quantity, false)),
    ]),
  );
  const together = formatTable(
    [
      left("quantity"),
      right("predicted"),
      right("devices"),
      right("median"),
      right("middle half"),
      right("all"),
      right("cover"),
    ],
    summaryRows(devices),
  );
  const left0 = leftOut.length === 0 ? [] : [`${leftOut.length} left out: see above.`];
  return `${[
    table,
    "",
    together,
    "",
    ...[...devicesSentences(devices), ...left0].flatMap((sentence) => wrapText(sentence, COLUMNS)),
    "",
    ...files,
  ].join("\n")}\n`;
}

function jsonOf({ devices, leftOut, repeated }: ReadDevices) {
  const summary = summariseDevices(devices).map(({ quantity, ...rest }) => ({
    quantity: quantity.id,
    predicted: quantity.predicted,
    ...rest,
  }));
  return { devices, summary, leftOut, repeated };
}

function complain(sentence: string): void {
  process.stderr.write(`jacobench: ${plainText(sentence)}\n`);
}

function cut(text: string, columns: number): string {
  const characters = [...text];
  return characters.length <= columns ? text : `${characters.slice(0, columns - 1).join("")}…`;
}
