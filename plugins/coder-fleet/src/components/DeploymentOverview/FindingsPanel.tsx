import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type {
  Finding,
  Verdict,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { coderFleetTranslationRef } from '../../translation';
import { Panel } from '../Panel';
import { SafeLink } from '../SafeLink';
import { StatusLabel, type Tone } from '../StatusLabel';

/** In the order in which they need a hand. */
const VERDICT_TONES: Readonly<Record<Verdict, Tone>> = {
  fail: 'error',
  warn: 'warning',
  unknown: 'unknown',
  pass: 'ok',
  skip: 'neutral',
};

const VERDICTS = Object.keys(VERDICT_TONES) as Verdict[];

const useStyles = makeStyles(
  theme => ({
    counts: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0.5, 2),
      fontSize: theme.typography.body2.fontSize,
    },
    list: { margin: 0, padding: 0, listStyle: 'none' },
    finding: {
      display: 'grid',
      gridTemplateColumns: '7em minmax(0, 1fr)',
      gap: theme.spacing(0, 1.5),
      alignItems: 'start',
      padding: theme.spacing(1.25, 0),
      borderTop: `1px solid ${theme.palette.divider}`,
      fontSize: theme.typography.body2.fontSize,
      overflowWrap: 'anywhere',
    },
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'baseline',
      justifyContent: 'space-between',
      gap: theme.spacing(0, 2),
    },
    title: { fontWeight: 'bold' as const },
    rule: {
      color: theme.palette.textSubtle,
      fontSize: theme.typography.caption.fontSize,
    },
    evidence: {
      color: theme.palette.textSubtle,
      '& summary': { cursor: 'pointer', width: 'fit-content' },
      '& ul': { margin: 0, paddingLeft: theme.spacing(2.5) },
    },
  }),
  { name: 'CoderFleetFindingsPanel' },
);

/**
 * What the rules say of the deployment, the worst first.
 *
 * @internal
 */
export const FindingsPanel = (props: { findings: readonly Finding[] }) => {
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const findings = [...props.findings].sort(
    (a, b) => VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict),
  );
  const countOf = (verdict: Verdict) =>
    findings.filter(finding => finding.verdict === verdict).length;
  return (
    <Panel
      title={t('findings.title')}
      aside={
        <div className={classes.counts}>
          {VERDICTS.filter(countOf).map(verdict => (
            <VerdictLabel
              key={verdict}
              verdict={verdict}
              count={countOf(verdict)}
            />
          ))}
        </div>
      }
    >
      {findings.length === 0 && (
        <Typography variant="body2">{t('findings.none')}</Typography>
      )}
      <ul className={classes.list}>
        {findings.map((finding, index) => (
          <FindingItem key={`${finding.rule} ${index}`} finding={finding} />
        ))}
      </ul>
    </Panel>
  );
};

function VerdictLabel(props: { verdict: Verdict; count?: number }) {
  const { verdict, count } = props;
  const { t } = useTranslationRef(coderFleetTranslationRef);
  return (
    <StatusLabel tone={VERDICT_TONES[verdict] ?? 'unknown'}>
      {count} {t(`findings.${verdict}`)}
    </StatusLabel>
  );
}

function FindingItem(props: { finding: Finding }) {
  const { finding } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const { rule, title, severity, verdict, message, remediation, url } = finding;
  return (
    <li className={classes.finding}>
      <VerdictLabel verdict={verdict} />
      <div>
        <div className={classes.head}>
          <span className={classes.title}>{title}</span>
          <span className={classes.rule}>
            {rule} · {t('findings.severity', { severity })}
          </span>
        </div>
        <div>{message}</div>
        {remediation && (
          <div>
            {t('findings.todo')} {remediation}
          </div>
        )}
        {url && (
          <SafeLink to={url} aria-label={t('findings.docsOf', { title })}>
            {t('findings.docs')}
          </SafeLink>
        )}
        {finding.evidence.length > 0 && (
          <details className={classes.evidence}>
            <summary>{t('findings.evidence')}</summary>
            <ul>
              {finding.evidence.map(
                ({ fact, subject, seen, wanted }, index) => (
                  <li key={index}>
                    {wanted
                      ? t('findings.seenWanted', { subject, seen, wanted })
                      : t('findings.seen', { subject, seen })}{' '}
                    ({fact})
                  </li>
                ),
              )}
            </ul>
          </details>
        )}
      </div>
    </li>
  );
}
