/** Runs checks one after another, prints how each went and counts them. */
export class Checks {
  #print;
  passed = 0;
  failed = 0;

  constructor({ print = console.log } = {}) {
    this.#print = print;
  }

  /** @returns what `action` returned, or undefined when it threw */
  async check(name, action) {
    const begin = performance.now();
    const took = () => `${((performance.now() - begin) / 1000).toFixed(1)} s`;
    try {
      const result = await action();
      this.passed += 1;
      this.#print(`ok      ${name} (${took()})`);
      return result;
    } catch (error) {
      this.failed += 1;
      const lines = error.message.split('\n').map(line => `    ${line}`);
      this.#print(`FAILED  ${name} (${took()})\n${lines.join('\n')}`);
      return undefined;
    }
  }

  /** Counts a check that could not be made because an earlier one failed. */
  fail(name, reason) {
    this.failed += 1;
    this.#print(`FAILED  ${name}: ${reason}`);
  }

  summary() {
    return `${this.passed} passed, ${this.failed} failed`;
  }
}
