import { isError } from '@backstage/errors';
import type { Command, Terminal } from './command';
import { checkCommand } from './commands/check';
import { planCommand } from './commands/plan';
import { renderCommand } from './commands/render';
import { UsageError } from './usage';

/** Exit codes: 0 all is well, 1 the check failed, 2 the command or its input is wrong. */
const FAILED_TO_RUN = 2;

const COMMANDS: Readonly<Record<string, Command>> = {
  check: checkCommand,
  plan: planCommand,
  render: renderCommand,
};

const USAGE = `coder-fleet judges, plans and renders Coder deployments by the Coder Validated Architecture.

${Object.values(COMMANDS)
  .map(({ usage }) => usage)
  .join('\n')}
It reads files and asks nobody. Exit codes: 0 all is well, 1 the check failed, 2 the command or its input is wrong.
`;

/**
 * Runs a command line, without the program's name. Returns the exit code; never throws.
 *
 * @internal
 */
export async function run(
  args: readonly string[],
  terminal: Terminal,
): Promise<number> {
  const [name, ...rest] = args;
  if (name === 'help' || args.includes('--help') || args.includes('-h')) {
    const command = COMMANDS[name];
    terminal.out(command ? command.usage : USAGE);
    return 0;
  }
  try {
    if (name === undefined || !Object.hasOwn(COMMANDS, name)) {
      throw new UsageError(
        name === undefined
          ? 'Say what to do'
          : `There is no command "${name}"; there are ${Object.keys(COMMANDS).join(', ')}`,
      );
    }
    return await COMMANDS[name].run(rest, terminal);
  } catch (error) {
    const message = isError(error) ? error.message : String(error);
    terminal.err(`${message}\n`);
    if (error instanceof UsageError) {
      terminal.err(`\n${COMMANDS[name ?? '']?.usage ?? USAGE}`);
    }
    return FAILED_TO_RUN;
  }
}
