import { HEALTH_SECTION_TITLES } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type {
  HealthFact,
  HealthSection,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { z } from 'zod/v3';
import type { Endpoint } from './endpoint';
import { readJson } from './endpoint';
import { listOf, maybe, wireObject } from './fromWire';
import {
  daemonWarnings,
  healthMessageSchema,
  sectionDetails,
} from './healthSections';

const TIMEOUT_MS = 15_000;
/** Coder itself gives up on a fresh check after 30 s. */
const FORCED_TIMEOUT_MS = 40_000;

/** Far beyond what Coder sends: a page must stay readable whatever a server says. */
const MAX_SECTIONS = 50;
const MAX_WARNINGS = 50;
const MAX_KEY = 100;

const reportSchema = wireObject({
  time: maybe(z.string()),
  healthy: maybe(z.boolean()),
  severity: maybe(z.string()),
}).refine(
  report => report.severity !== undefined || report.healthy !== undefined,
  'neither severity nor healthy',
);

const sectionSchema = wireObject({
  severity: maybe(z.string()),
  healthy: maybe(z.boolean()),
  error: maybe(z.string()),
  dismissed: maybe(z.boolean()),
  warnings: listOf(healthMessageSchema),
});

const SECTION_KEYS = ['severity', 'healthy', 'warnings'];

function isSection(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    SECTION_KEYS.some(key => key in value)
  );
}

/** Releases before 2.6 knew healthy or not, nothing between. */
function severityOf(part: { severity?: string; healthy?: boolean }): string {
  return part.severity ?? (part.healthy ? 'ok' : 'error');
}

/** A section that says of itself that it is not well is not `ok`, whatever its severity says. */
function sectionSeverity(section: {
  severity?: string;
  healthy?: boolean;
  error?: string;
}): string {
  const severity = severityOf(section);
  return severity === 'ok' && (section.healthy === false || section.error)
    ? 'error'
    : severity;
}

function titleOf(key: string): string {
  const words = key.replaceAll('_', ' ');
  return Object.hasOwn(HEALTH_SECTION_TITLES, key)
    ? HEALTH_SECTION_TITLES[key]
    : words.charAt(0).toLocaleUpperCase('en') + words.slice(1);
}

function toSection(key: string, wire: unknown): HealthSection {
  const section = sectionSchema.parse(wire);
  return {
    key,
    title: titleOf(key),
    severity: sectionSeverity(section),
    dismissed: section.dismissed ?? false,
    ...(section.error && { error: section.error }),
    warnings: [
      ...section.warnings.map(({ code, message }) => ({ code, message })),
      ...daemonWarnings(key, wire),
    ].slice(0, MAX_WARNINGS),
    details: sectionDetails(key, wire),
  };
}

/**
 * `GET /api/v2/debug/health`, with the sections of today and those of tomorrow. Throws a `ZodError` when
 * there is no verdict.
 *
 * @internal
 */
export function parseHealth(wire: unknown): HealthFact {
  const report = reportSchema.parse(wire);
  const known = Object.keys(HEALTH_SECTION_TITLES);
  const present = Object.keys(report).filter(key => isSection(report[key]));
  const ordered = [
    ...known.filter(key => present.includes(key)),
    ...present.filter(key => !known.includes(key)),
  ];
  return {
    reportedAt: report.time,
    severity: severityOf(report),
    sections: ordered
      .slice(0, MAX_SECTIONS)
      .map(key => toSection(key.slice(0, MAX_KEY), report[key])),
  };
}

/**
 * Coder's own health; by force it is checked again.
 *
 * @internal
 */
export function healthEndpoint(force: boolean): Endpoint<HealthFact> {
  return {
    path: '/api/v2/debug/health',
    ...(force && { query: { force: 'true' } }),
    token: 'required',
    timeoutMs: force ? FORCED_TIMEOUT_MS : TIMEOUT_MS,
    read: readJson(parseHealth),
  };
}
