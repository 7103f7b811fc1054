import { makeStyles } from '@material-ui/core/styles';
import AddIcon from '@material-ui/icons/Add';
import EditIcon from '@material-ui/icons/Edit';
import RemoveIcon from '@material-ui/icons/Remove';
import type { ReactNode } from 'react';
import { StatusLabel, type StatusIcon } from '../../components/StatusLabel';

/** What a change does to one thing: it comes, is another one, or goes. */
type Change = 'added' | 'changed' | 'removed';

const ICONS: Readonly<Record<Change, StatusIcon>> = {
  added: AddIcon,
  changed: EditIcon,
  removed: RemoveIcon,
};

const useStyles = makeStyles(
  theme => ({
    list: {
      display: 'grid',
      gap: theme.spacing(0.5),
      margin: theme.spacing(0, 0, 1),
      padding: 0,
      listStyle: 'none',
      fontSize: theme.typography.body2.fontSize,
    },
    item: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'baseline',
      gap: theme.spacing(0, 2),
      overflowWrap: 'anywhere',
    },
    what: { flex: '0 0 7em' },
  }),
  { name: 'CoderFleetChangeList' },
);

/**
 * Things that come, change and go; each a {@link ChangeItem}.
 *
 * @internal
 */
export const ChangeList = (props: { children: ReactNode }) => (
  <ul className={useStyles().list}>{props.children}</ul>
);

/**
 * One thing of a {@link ChangeList}: what becomes of it, in a word, and what it is.
 *
 * @internal
 */
export const ChangeItem = (props: {
  what: Change;
  word: string;
  children: ReactNode;
}) => {
  const { what, word, children } = props;
  const classes = useStyles();
  return (
    <li className={classes.item}>
      <span className={classes.what}>
        <StatusLabel tone="neutral" icon={ICONS[what]}>
          {word}
        </StatusLabel>
      </span>
      {children}
    </li>
  );
};
