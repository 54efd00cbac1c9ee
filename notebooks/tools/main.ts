/** @file The command `npm run notebooks`: options, help, errors as sentences. */

import { Command } from "commander";
import { EXIT } from "../../src/cli/action.ts";
import { JacobenchError } from "../../src/errors.ts";
import { build, check, handOutTo, pages, student, type Task } from "./commands.ts";
import { lessonNames, placesOf, readLessons } from "./places.ts";
import { createReporter } from "./reporter.ts";

type Options = {
  readonly check?: true;
  readonly student?: true;
  readonly pages?: true;
  readonly open?: true;
  readonly teacher?: true;
  readonly replace?: true;
  readonly handOut?: string;
  readonly browser: boolean;
  readonly from?: string;
  readonly into?: string;
};

const EXAMPLES = `
Examples:
  $ npm run notebooks                       run all lessons, write everything
  $ npm run notebooks -- 05                 only those with 05 in their name
  $ npm run notebooks -- --open             work through them in JupyterLab
  $ npm run notebooks -- --student          write the student's notebooks
  $ npm run notebooks -- --check            run, compare with what is committed`;

const MODES = ["check", "student", "pages", "open", "handOut"] as const;

const program = new Command("notebooks")
  .description("Runs the lessons and makes notebooks and pages from their sources.")
  .usage("[NAMES…] [options]")
  .argument("[names...]", "parts of lessons' names; all lessons if left out")
  .option("--open", "open the student's notebooks in JupyterLab")
  .option("--teacher", "with --open: the notebooks with solutions")
  .option("--student", "write the student's notebooks, without solutions")
  .option("--replace", "with --student: also notebooks that were worked in")
  .option("--hand-out <folder>", "copy the project for students, without solutions")
  .option("--check", "run into scratch and compare with the notebooks here")
  .option("--pages", "write MyST and HTML pages from the notebooks here")
  .option("--no-browser", "with --open: only print the address")
  .option("--from <folder>", "sources that stand elsewhere")
  .option("--into <folder>", "where everything goes")
  .helpOption("-h, --help", "print help")
  .addHelpText("after", EXAMPLES)
  .configureHelp({ helpWidth: 80 })
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? EXIT.done : EXIT.badInput))
  .action(async (names: readonly string[], options: Options) => {
    try {
      process.exitCode = await run(names, options);
    } catch (error) {
      // A user's mistake is a sentence; anything else is a bug and keeps its stack.
      if (!(error instanceof JacobenchError)) throw error;
      process.stderr.write(`${error.message}\n`);
      process.exitCode = error.isInputError ? EXIT.badInput : EXIT.failed;
    }
  });

await program.parseAsync();

async function run(names: readonly string[], options: Options): Promise<number> {
  const modes = MODES.filter((mode) => options[mode]);
  if (modes.length > 1) {
    throw new JacobenchError(
      "ERR_UNSUPPORTED",
      `notebooks: --${modes.join(" and --").replace("handOut", "hand-out")} are given; expected one of them`,
    );
  }
  const places = placesOf(options.from, options.into);
  const reporter = createReporter(process.stderr);
  if (options.open) {
    const { open } = await import("./open.ts");
    return open(places, names, { teacher: options.teacher === true, browser: options.browser }, reporter);
  }
  const lessons = readLessons(places, lessonNames(places, names));
  const task: Task = { lessons, places, reporter };
  switch (modes[0]) {
    case "check":
      return check(task);
    case "student":
      return student(task, options.replace === true);
    case "pages":
      return pages(task);
    case "handOut":
      return handOutTo(task, options.handOut!);
    default:
      return build(task);
  }
}
