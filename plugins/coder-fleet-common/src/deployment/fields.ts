import { CronExpressionParser } from 'cron-parser';
import { z } from 'zod/v3';
import { TIERS } from '../architecture/tiers';
import {
  DEPLOYMENT_NAME_MAX_LENGTH,
  DNS_LABEL_MAX_LENGTH,
  DNS_LABEL_PATTERN,
} from './names';
import { parseCoderVersion } from '../release/version';
import { releaseSupport } from '../release/support';

/**
 * The most users that a validated architecture covers.
 *
 * @public
 */
export const MAX_VALIDATED_USERS = TIERS[TIERS.length - 1].limits.users;

const dnsLabel = (what: string, maxLength: number) =>
  z
    .string({ required_error: `${what} is required` })
    .min(1, `${what} is required`)
    .max(maxLength, `${what} has at most ${maxLength} characters`)
    .regex(
      DNS_LABEL_PATTERN,
      `${what} must be a DNS label: lower-case letters, digits and "-", beginning and ending with a letter or digit`,
    );

/** One line of text for people: anything but control characters. */
const line = (what: string, maxLength: number) =>
  z
    .string({ required_error: `${what} is required` })
    .trim()
    .min(1, `${what} is required`)
    .max(maxLength, `${what} has at most ${maxLength} characters`)
    .regex(
      // eslint-disable-next-line no-control-regex
      /^[^\u0000-\u001f\u007f\u2028\u2029]*$/,
      `${what} must be one line without control characters`,
    );

const nameField = dnsLabel('The name', DEPLOYMENT_NAME_MAX_LENGTH);
const displayNameField = line('The display name', 64);
const businessUnitField = dnsLabel('The business unit', DNS_LABEL_MAX_LENGTH);
const regionField = dnsLabel('A region', 40);
const clusterField = dnsLabel('A cluster', DNS_LABEL_MAX_LENGTH);

const ownerField = z
  .string({ required_error: 'The owner is required' })
  .regex(
    /^(?:(?:user|group):)(?:[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?\/)?[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/,
    'The owner must be a catalog reference of a group or user, for example group:default/platform',
  );

const expectedUsersField = z
  .number({
    required_error: 'The expected users are required',
    invalid_type_error: 'The expected users must be a number',
  })
  .int('The expected users must be a whole number')
  .min(1, 'At least 1 user must be expected')
  .max(
    MAX_VALIDATED_USERS,
    `No validated architecture covers more than ${MAX_VALIDATED_USERS.toLocaleString(
      'en',
    )} users: split them over several deployments`,
  );

const activeShareField = z
  .number({ invalid_type_error: 'The active share must be a number' })
  .gt(0, 'The active share must be above 0')
  .max(1, 'The active share is a part of all users: at most 1 (all of them)');

const accessUrlField = z
  .string({ required_error: 'The access URL is required' })
  .max(300, 'The access URL has at most 300 characters')
  .superRefine((text, ctx) => {
    const problem = accessUrlProblem(text);
    if (problem) {
      ctx.addIssue({ code: z.ZodIssueCode.custom, message: problem });
    }
  });

/**
 * A label of a host name, as the source of a regular expression.
 *
 * @internal
 */
export const HOST_LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const HOST_PATTERN = new RegExp(`^${HOST_LABEL}(?:\\.${HOST_LABEL})*$`);
const WILDCARD_PATTERN = new RegExp(
  `^\\*(?:-${HOST_LABEL}(?:\\.${HOST_LABEL})+|(?:\\.${HOST_LABEL}){2,})$`,
);

function accessUrlProblem(text: string): string | undefined {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return 'The access URL must be a URL such as https://coder.example.com';
  }
  if (url.protocol !== 'https:') {
    return 'The access URL must begin with https://';
  }
  if (url.username || url.password) {
    return 'The access URL must not contain a user or password';
  }
  if (url.pathname !== '/' || url.search || url.hash) {
    return `The access URL must have no path, query or fragment: ${url.origin}`;
  }
  if (!HOST_PATTERN.test(url.hostname)) {
    return 'The access URL must name a host such as coder.example.com';
  }
  if (text !== url.origin && text !== `${url.origin}/`) {
    return `The access URL must be written as ${url.origin}`;
  }
  return undefined;
}

const hostField = z
  .string()
  .max(253, 'A host has at most 253 characters')
  .regex(
    new RegExp(`^${HOST_LABEL}(?:\\.${HOST_LABEL})*(?::[0-9]{1,5})?$`),
    'A host has the form registry.example.com or registry.example.com:5000',
  );

/** What GitOps tools read. A password would stand in Git. */
const repositoryUrlField = z
  .string()
  .max(500, 'The URL of a repository has at most 500 characters')
  .regex(
    /^(?:https:\/\/|ssh:\/\/git@)[A-Za-z0-9][A-Za-z0-9.-]*(?::[0-9]{1,5})?(?:\/[A-Za-z0-9._~-]+)+$/,
    'The URL of a repository begins with https:// or ssh://git@ and has neither password nor query',
  );

const wildcardUrlField = z
  .string()
  .max(253, 'The wildcard URL has at most 253 characters')
  .regex(
    WILDCARD_PATTERN,
    'The wildcard URL must have the form *.domain or *-suffix.domain, for example *.coder.example.com',
  );

const versionField = z
  .string()
  .max(64, 'A version has at most 64 characters')
  .superRefine((text, ctx) => {
    const version = parseCoderVersion(text);
    if (!version) {
      ctx.addIssue({
        code: z.ZodIssueCode.custom,
        message: 'A version must be MAJOR.MINOR.PATCH, for example 2.36.5',
      });
      return;
    }
    const support = releaseSupport(version);
    if (support.status === 'gap') {
      ctx.addIssue({ code: z.ZodIssueCode.custom, message: support.message });
    }
  });

const cronField = z
  .string({ required_error: 'A schedule is required' })
  .max(100, 'A schedule has at most 100 characters')
  .superRefine((text, ctx) => {
    const problem = cronProblem(text);
    if (problem) {
      ctx.addIssue({ code: z.ZodIssueCode.custom, message: problem });
    }
  });

/** Any day will do: it only has to be always the same. */
const CRON_REFERENCE = new Date('2026-01-01T00:00:00Z');

function cronProblem(text: string): string | undefined {
  if (
    !/^[^\s]+(?: [^\s]+){4}$/.test(text) ||
    /[LWH#?]/i.test(digitsOnly(text))
  ) {
    return 'A schedule has the five fields of a Kubernetes CronJob: minute hour day month weekday, for example 0 2 * * *';
  }
  try {
    CronExpressionParser.parse(text, {
      currentDate: CRON_REFERENCE,
      tz: 'UTC',
    }).next();
    return undefined;
  } catch {
    return `The schedule "${text}" never fires: check day, month and weekday`;
  }
}

/** Names of months and weekdays are allowed; other letters are extensions that Kubernetes lacks. */
function digitsOnly(text: string): string {
  return text.replace(
    /\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|sun|mon|tue|wed|thu|fri|sat)\b/gi,
    '',
  );
}

const secretKeyRefField = z
  .object({
    name: dnsLabel('The name of a Secret', DNS_LABEL_MAX_LENGTH).describe(
      'Name of the Secret, in the namespace of the control plane',
    ),
    key: z
      .string()
      .regex(
        /^[A-Za-z0-9._-]{1,253}$/,
        'The key of a Secret has letters, digits, ".", "_" and "-"',
      )
      .describe('Key in the Secret'),
  })
  .passthrough();

const rcloneRemoteField = z
  .string({ required_error: 'The remote of rclone is required' })
  .max(250, 'A remote has at most 250 characters')
  .regex(
    /^[A-Za-z][A-Za-z0-9_-]{0,30}:[A-Za-z0-9][A-Za-z0-9._/-]*$/,
    'A remote has the form name:bucket/path, for example s3:backups/coder',
  );

/** Registry, name, tag and digest. Source: the reference grammar of the distribution project. */
const imageField = z
  .string()
  .max(255, 'An image has at most 255 characters')
  .regex(
    /^[a-z0-9][a-z0-9.-]*(?::[0-9]{1,5}(?=\/))?(?:\/[a-z0-9][a-z0-9._-]*)*(?::[A-Za-z0-9_][A-Za-z0-9._-]{0,127})?(?:@sha256:[0-9a-f]{64})?$/,
    'An image has the form registry/name:tag, for example registry.example.com/coder-fleet-backup:17',
  );

const quantityField = z
  .string()
  .regex(
    /^[1-9][0-9]{0,5}(?:Mi|Gi|Ti)$/,
    'A size is a whole number with Mi, Gi or Ti, for example 100Gi',
  );

const storageClassField = dnsLabel(
  'A storage class',
  DNS_LABEL_MAX_LENGTH,
).describe("Storage class; without it, the cluster's default");

const reportUrlField = z
  .string()
  .max(500, 'The address of reports has at most 500 characters')
  .superRefine((text, ctx) => {
    const problem = reportUrlProblem(text);
    if (problem) {
      ctx.addIssue({ code: z.ZodIssueCode.custom, message: problem });
    }
  });

/** A token goes there: never in the clear, unless it does not leave the machine. */
function reportUrlProblem(text: string): string | undefined {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return 'The address of reports must be a URL';
  }
  const local =
    url.hostname === 'localhost' || /^127(?:\.\d+){3}$/.test(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && local)) {
    return 'The address of reports must begin with https://';
  }
  if (url.username || url.password || url.search || url.hash) {
    return 'The address of reports must have no user, password, query or fragment';
  }
  return text === url.href
    ? undefined
    : `The address of reports must be written as ${url.href}`;
}

const linkTargetField = z
  .string({ required_error: 'A support link needs a target' })
  .max(2000, 'The target of a support link has at most 2000 characters')
  .superRefine((text, ctx) => {
    let protocol: string | undefined;
    try {
      protocol = new URL(text).protocol;
    } catch {
      protocol = undefined;
    }
    if (!protocol || !['http:', 'https:', 'mailto:'].includes(protocol)) {
      ctx.addIssue({
        code: z.ZodIssueCode.custom,
        message:
          'The target of a support link must begin with https://, http:// or mailto:',
      });
    }
  });

const supportLinkField = z
  .object({
    name: line('The name of a support link', 64).describe('Text of the link'),
    target: linkTargetField.describe('Where it leads: https, http or mailto'),
    icon: z
      .enum(['bug', 'chat', 'docs', 'star'], {
        errorMap: () => ({
          message: 'The icon of a support link is bug, chat, docs or star',
        }),
      })
      .optional()
      .describe('One of the icons that Coder has for links'),
    location: z
      .enum(['navbar', 'dropdown'], {
        errorMap: () => ({
          message: 'The location of a support link is navbar or dropdown',
        }),
      })
      .optional()
      .describe('In the bar at the top, or in the menu of the user'),
  })
  .passthrough();

/**
 * The fields of a DeploymentSpec, each with its own messages: the file, the form and the API share
 * them.
 *
 * @public
 */
export const deploymentFields = {
  name: nameField,
  displayName: displayNameField,
  owner: ownerField,
  businessUnit: businessUnitField,
  region: regionField,
  cluster: clusterField,
  expectedUsers: expectedUsersField,
  activeShare: activeShareField,
  accessUrl: accessUrlField,
  wildcardUrl: wildcardUrlField,
  version: versionField,
  cron: cronField,
  secretKeyRef: secretKeyRefField,
  rcloneRemote: rcloneRemoteField,
  image: imageField,
  quantity: quantityField,
  storageClass: storageClassField,
  reportUrl: reportUrlField,
  dnsLabel: dnsLabel('A name', DNS_LABEL_MAX_LENGTH),
  host: hostField,
  repositoryUrl: repositoryUrlField,
  supportLink: supportLinkField,
};

/**
 * The name of a field of the form.
 *
 * @public
 */
export type DeploymentFieldName = keyof typeof deploymentFields;

/**
 * The first thing that is wrong with a value, in words; `undefined` when it is right.
 *
 * @public
 */
export function fieldProblem(
  field: DeploymentFieldName,
  value: unknown,
): string | undefined {
  const parsed = deploymentFields[field].safeParse(value);
  return parsed.success ? undefined : parsed.error.issues[0].message;
}
