import type {
  DeploymentChanges,
  FindingChanges,
} from '../changes/deploymentChanges';
import {
  type FileChange,
  type HandEditedFile,
  isOnlyRestamped,
} from '../changes/fileChanges';
import { findingLine } from './findingLines';
import { textTable } from './textTable';

const SIGNS: Readonly<Record<FileChange['what'], string>> = {
  added: '+',
  changed: '~',
  removed: '-',
};

const HAND_EDITS: Readonly<Record<HandEditedFile['what'], string>> = {
  edited: 'was edited by hand',
  deleted: 'was deleted by hand',
  foreign: 'was not rendered by Coder Fleet',
};

/**
 * What a request would change, for a log: figures of the plan, findings, fields of the spec, files, and those that people
 * wrote and that stop publishing. `kept` are paths of the spec that a form has no question for.
 *
 * @public
 */
export function changeLines(
  changes: DeploymentChanges,
  kept: readonly string[] = [],
): string[] {
  const { figures, findings, fields, files, handEdits } = changes;
  const lines = [
    ...(figures.length > 0
      ? textTable(
          ['Figure', 'Registered', 'Asked for'],
          figures.map(({ label, before = '', after = '' }) => [
            label,
            before,
            after,
          ]),
        )
      : ['No figure of the plan changes']),
    ...(findings
      ? findingChangeLines(findings)
      : ['What the rules said before could not be compared']),
    fields.length > 0
      ? `Fields that change: ${fields.join(', ')}`
      : 'No field changes',
    ...(kept.length > 0
      ? [`Kept from the present spec: ${kept.join(', ')}`]
      : []),
    ...(files ? fileLines(files) : ['The present files could not be compared']),
    ...handEdits.map(({ path, what }) => `${path} ${HAND_EDITS[what]}`),
    ...(handEdits.length > 0
      ? [
          'Publishing stops there: bring these edits into coder-deployment.yaml, or set overwriteEdited to lose them',
        ]
      : []),
  ];
  return ['Changes to what is registered', ...lines].map(printable);
}

function findingChangeLines({ gained, lost }: FindingChanges): string[] {
  return gained.length + lost.length > 0
    ? [
        ...gained.map(finding => `Comes: ${findingLine(finding)}`),
        ...lost.map(({ rule, title }) => `Goes: ${rule} ${title}`),
      ]
    : ['No finding changes'];
}

function fileLines(files: readonly FileChange[]): string[] {
  const real = files.filter(file => !isOnlyRestamped(file));
  const restamped = files.length - real.length;
  return [
    files.length > 0 ? 'Files that change:' : 'No file changes',
    ...real.map(
      ({ path, what, lines }) =>
        `  ${SIGNS[what]} ${path}${
          lines ? ` (+${lines.added} -${lines.removed})` : ''
        }`,
    ),
    ...(restamped > 0
      ? [`  ~ ${restamped} more, which only name what they are rendered from`]
      : []),
  ];
}

/** Names of fields come from a file: control characters could drive the terminal that shows them. */
function printable(line: string): string {
  return line.replace(/\p{Cc}/gu, '\ufffd');
}
