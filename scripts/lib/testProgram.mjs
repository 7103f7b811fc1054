import { expect } from 'expect';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { compileFunction } from 'node:vm';
import ts from 'typescript';

/**
 * Runs test files of pure TypeScript in this process, each time with modules of
 * its own and, where asked for, another text for some of them. A run takes
 * milliseconds, where jest takes seconds to start. It knows `describe`, `it`,
 * `it.each`, `describe.each` and `expect`; anything else makes it throw.
 */
export class TestProgram {
  #compiled = new Map();

  /**
   * Runs one file up to its first failure. `loaded` has the files of ours that
   * it imported; `changes` gives files another text.
   */
  async run(file, changes = new Map()) {
    const modules = new Map();
    const { tests, globals } = collector();
    try {
      this.#load(file, { modules, changes, globals });
      if (tests.length === 0) {
        throw new Error(`${file} has no test`);
      }
      for (const test of tests) {
        await test.body();
      }
      return { loaded: new Set(modules.keys()) };
    } catch (error) {
      return { loaded: new Set(modules.keys()), failure: String(error) };
    }
  }

  #load(file, context) {
    const { modules, changes, globals } = context;
    const known = modules.get(file);
    if (known) {
      return known.exports;
    }
    const module = { exports: {} };
    modules.set(file, module);
    const requireOutside = createRequire(file);
    const requireAny = id => {
      const own = id.startsWith('.') && resolve(join(dirname(file), id));
      return own ? this.#load(own, context) : requireOutside(id);
    };
    const change = changes.get(file);
    const run =
      change === undefined ? this.#compile(file) : compile(file, change);
    run(
      module.exports,
      requireAny,
      module,
      globals.describe,
      globals.it,
      expect,
    );
    return module.exports;
  }

  #compile(file) {
    const known = this.#compiled.get(file);
    if (known) {
      return known;
    }
    const run = compile(file, readFileSync(file, 'utf8'));
    this.#compiled.set(file, run);
    return run;
  }
}

function compile(file, text) {
  const { outputText } = ts.transpileModule(text, {
    fileName: file,
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      esModuleInterop: true,
    },
  });
  return compileFunction(
    outputText,
    ['exports', 'require', 'module', 'describe', 'it', 'expect'],
    { filename: file },
  );
}

/** The TypeScript file that a relative import means; none for JSON and others. */
function resolve(path) {
  return [`${path}.ts`, join(path, 'index.ts'), path].find(
    candidate =>
      candidate.endsWith('.ts') &&
      existsSync(candidate) &&
      statSync(candidate).isFile(),
  );
}

function collector() {
  const tests = [];
  const it = (name, body) => tests.push({ name, body });
  const describe = (name, body) => body();
  it.each = each(it);
  describe.each = each(describe);
  return { tests, globals: { it, describe } };
}

function each(declare) {
  return rows => (name, body) => {
    const spread = rows.every(Array.isArray);
    for (const row of rows) {
      declare(name, () => (spread ? body(...row) : body(row)));
    }
  };
}
