import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gap: theme.spacing(1.5),
      margin: 0,
      padding: 0,
      listStyle: 'none',
      fontSize: theme.typography.body2.fontSize,
      overflowWrap: 'anywhere',
      '& > li': {
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        columnGap: theme.spacing(1),
      },
      // What was decided about, on a line of its own
      '& > li > :first-child': { flexBasis: '100%' },
    },
  }),
  { name: 'CoderFleetDecisionList' },
);

/**
 * What people decided, one below the other.
 *
 * @internal
 */
export const DecisionList = (props: { children: ReactNode }) => (
  <ul className={useStyles().root}>{props.children}</ul>
);
