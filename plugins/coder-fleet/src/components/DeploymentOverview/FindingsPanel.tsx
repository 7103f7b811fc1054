import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  isOpen,
  type Finding,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { coderFleetTranslationRef } from '../../translation';
import { useTabPath } from '../DeploymentPage/DeploymentTabs';
import { byUrgency, FindingItem, VerdictLabel, VERDICTS } from '../Findings';
import { Panel } from '../Panel';

/** Enough to see what matters most beside the rest of the page. */
const SHOWN = 5;

const useStyles = makeStyles(
  theme => ({
    counts: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0.5, 2),
      fontSize: theme.typography.body2.fontSize,
    },
    list: { margin: 0, padding: 0, listStyle: 'none' },
  }),
  { name: 'CoderFleetFindingsPanel' },
);

/**
 * The worst that the rules say of the deployment, and the way to the rest.
 *
 * @internal
 */
export const FindingsPanel = (props: { findings: readonly Finding[] }) => {
  const { findings } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const cvaPath = useTabPath('cva');
  const open = findings.filter(isOpen).sort(byUrgency);
  const countOf = (verdict: Finding['verdict']) =>
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
      {open.length === 0 && (
        <Typography variant="body2">
          {t(findings.length === 0 ? 'findings.none' : 'findings.noneOpen')}
        </Typography>
      )}
      <ul className={classes.list}>
        {open.slice(0, SHOWN).map(finding => (
          <FindingItem key={finding.rule} finding={finding} />
        ))}
      </ul>
      {findings.length > 0 && (
        <Link to={cvaPath} underline="always">
          {t('findings.toAll', { count: findings.length })}
        </Link>
      )}
    </Panel>
  );
};
