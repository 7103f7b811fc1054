import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { Finding } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import { coderFleetTranslationRef } from '../../translation';
import { RelativeTime } from '../RelativeTime';
import { SafeLink } from '../SafeLink';
import { VerdictLabel } from './VerdictLabel';

const useStyles = makeStyles(
  theme => ({
    root: {
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
  { name: 'CoderFleetFindingItem' },
);

/**
 * What one rule says: verdict, what was found, what to do, and the evidence with its age.
 *
 * @internal
 */
export const FindingItem = (props: {
  finding: Finding;
  /** What can be decided about it. */
  children?: ReactNode;
}) => {
  const { finding, children } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const { rule, title, severity, verdict, message, remediation, url } = finding;
  return (
    <li className={classes.root}>
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
              {finding.evidence.map((evidence, index) => (
                <li key={index}>
                  <EvidenceText evidence={evidence} />
                </li>
              ))}
            </ul>
          </details>
        )}
        {children}
      </div>
    </li>
  );
};

function EvidenceText(props: { evidence: Finding['evidence'][number] }) {
  const { fact, subject, seen, wanted, observedAt } = props.evidence;
  const { t } = useTranslationRef(coderFleetTranslationRef);
  return (
    <>
      {wanted
        ? t('findings.seenWanted', { subject, seen, wanted })
        : t('findings.seen', { subject, seen })}{' '}
      ({fact}, {observedAt ? <RelativeTime at={observedAt} /> : t('time.never')}
      )
    </>
  );
}
