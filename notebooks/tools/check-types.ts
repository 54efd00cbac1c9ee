/** @file Types of all cells, checked by the project's compiler: the kernel runs cells without looking at types. (N) */

import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { cellModule } from "./cell-module.ts";
import { FOLDERS, ROOT } from "./paths.ts";
import { type Lesson, sourcePath, type Version } from "./source.ts";

const STUDENT = " (student's version)";

const VERSIONS: readonly Version[] = ["teacher", "student"];

/**
 * Checks the types of all cells, in the version for teachers and in that for students.
 *
 * The modules are written to a folder of this process inside of `.jacobench`, where `rootDirs` makes `../src/…` mean what
 * it means in `notebooks/`; the folder is removed again.
 *
 * @param lessons - from their sources
 * @returns messages with place in the source, `notebooks/source/NN-name.md:12:3: …`; none if all is well
 */
export async function checkTypes(lessons: readonly Lesson[]): Promise<string[]> {
  if (lessons.length === 0) return [];
  mkdirSync(FOLDERS.work, { recursive: true });
  const folder = mkdtempSync(join(FOLDERS.work, "cells-"));
  try {
    for (const version of VERSIONS) {
      mkdirSync(join(folder, version));
      for (const lesson of lessons)
        writeFileSync(join(folder, version, `${lesson.name}.ts`), cellModule(lesson, version));
    }
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(configOf(folder)));
    const output = await compilerOutput(join(folder, "tsconfig.json"));
    return readMessages(output);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The project's strictness, but for what cells are: tried out, not exported, with names that a later exercise uses. */
function configOf(folder: string): object {
  return {
    extends: join(ROOT, "tsconfig.json"),
    compilerOptions: {
      rootDirs: [folder, ROOT],
      typeRoots: [join(ROOT, "node_modules", "@types")],
      noUnusedLocals: false,
      noUnusedParameters: false,
      declaration: false,
      isolatedModules: false,
      rewriteRelativeImportExtensions: false,
    },
    include: [
      ...VERSIONS.map((version) => join(folder, version, "*.ts")),
      // Declarations of packages that have no types of their own.
      ...["src", "analysis", "notebooks/tools"].map((part) => join(ROOT, part, "**", "*.d.ts")),
    ],
  };
}

function compilerOutput(config: string): Promise<string> {
  const manifest = createRequire(import.meta.url).resolve("typescript/package.json");
  const compiler = join(dirname(manifest), "bin", "tsc");
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [compiler, "-p", config, "--pretty", "false"], { cwd: ROOT });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
      });
    }
    child.on("error", reject);
    child.on("close", (code) => {
      // 0: no message, 1 and 2: messages; otherwise the compiler itself failed.
      if (code === 0 || /error TS\d+/.test(output)) resolve(output);
      else reject(new Error(`the TypeScript compiler failed: ${output.trim()}`));
    });
  });
}

/** Messages about cells; those about other files are `npm run typecheck`'s to tell. */
function readMessages(output: string): string[] {
  const messages: string[] = [];
  let ours = false;
  for (const line of output.split("\n")) {
    const place = /(teacher|student)[\\/]([^\\/(]+)\.ts\((\d+),(\d+)\): error (TS\d+: .*)$/.exec(line);
    if (place !== null) {
      const [, version, name, row, column, text] = place as unknown as string[];
      messages.push(`${sourcePath(name!)}:${row}:${column}: ${text}${version === "student" ? STUDENT : ""}`);
      ours = true;
    } else if (ours && /^\s+\S/.test(line)) {
      // A longer explanation is indented under its message.
      messages.push(`${messages.pop()!}\n${line}`);
    } else {
      ours = false;
    }
  }
  // What both versions have in common is wrong in both, and said once.
  const shared = new Set(messages.filter((text) => !text.includes(STUDENT)));
  return messages.filter((text) => shared.has(text) || !shared.has(text.replace(STUDENT, "")));
}
