import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { PendingApproval } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { makeStyles } from '@material-ui/core/styles';
import { coderFleetTranslationRef } from '../../translation';
import { DescriptionList } from '../DescriptionList';

const useStyles = makeStyles(
  theme => ({
    root: { margin: theme.spacing(1, 0) },
    kind: { marginBottom: theme.spacing(0.5) },
    figures: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'flex-start',
      gap: theme.spacing(0.75, 6),
    },
  }),
  { name: 'CoderFleetPendingFigures' },
);

/**
 * What an approver looks at: the figures of what is asked for, and of a change what it changes.
 *
 * @internal
 */
export const PendingFigures = (props: { approval: PendingApproval }) => {
  const { approval } = props;
  const { changes } = approval;
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  return (
    <div className={classes.root}>
      <div className={classes.kind}>{t(kindOf(approval))}</div>
      <div className={classes.figures}>
        <DescriptionList
          items={[
            { term: t('pending.displayName'), value: approval.displayName },
            { term: t('about.tier'), value: approval.tier },
            {
              term: t('pending.users'),
              value: approval.expectedUsers.toLocaleString(),
            },
            { term: t('pending.regions'), value: approval.regions.join(', ') },
          ]}
        />
        <DescriptionList
          items={[
            { term: t('pending.database'), value: approval.database },
            { term: t('about.edition'), value: approval.edition },
            // Text, not a link: nobody has looked yet whose address that is
            { term: t('about.accessUrl'), value: approval.accessUrl },
            { term: t('pending.changes'), value: changes?.join(', ') },
          ]}
        />
      </div>
    </div>
  );
};

function kindOf({ changes, given }: PendingApproval) {
  if (given) {
    return changes ? 'pending.changeApproved' : 'pending.newApproved';
  }
  return changes ? 'pending.change' : 'pending.new';
}
