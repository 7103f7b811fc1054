import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type {
  DeploymentChanges,
  Finding,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { VerdictLabel } from '../../components/Findings';
import { coderFleetTranslationRef } from '../../translation';
import { ChangeItem, ChangeList } from './ChangeList';

const useStyles = makeStyles(
  theme => ({
    verdict: { flex: '0 0 7em' },
    title: { flex: '1 1 16em', minWidth: 0 },
    rule: {
      color: theme.palette.textSubtle,
      fontSize: theme.typography.caption.fontSize,
    },
  }),
  { name: 'CoderFleetFindingChanges' },
);

/**
 * Findings that a change brings and takes away.
 *
 * @internal
 */
export const FindingChanges = (props: {
  findings: DeploymentChanges['findings'];
}) => {
  const { findings } = props;
  const { t } = useTranslationRef(coderFleetTranslationRef);
  if (!findings) {
    return (
      <Typography variant="body2">{t('changes.findingsUnknown')}</Typography>
    );
  }
  const { gained, lost } = findings;
  if (gained.length + lost.length === 0) {
    return <Typography variant="body2">{t('changes.noFindings')}</Typography>;
  }
  return (
    <ChangeList>
      {gained.map(finding => (
        <ChangeItem key={finding.rule} what="added" word={t('changes.gained')}>
          <FindingText finding={finding} />
        </ChangeItem>
      ))}
      {lost.map(finding => (
        <ChangeItem key={finding.rule} what="removed" word={t('changes.lost')}>
          <FindingText finding={finding} />
        </ChangeItem>
      ))}
    </ChangeList>
  );
};

function FindingText(props: { finding: Finding }) {
  const { rule, title, verdict } = props.finding;
  const classes = useStyles();
  return (
    <>
      <span className={classes.verdict}>
        <VerdictLabel verdict={verdict} />
      </span>
      <span className={classes.title}>{title}</span>
      <span className={classes.rule}>{rule}</span>
    </>
  );
}
