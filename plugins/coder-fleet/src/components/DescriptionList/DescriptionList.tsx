import { makeStyles } from '@material-ui/core/styles';
import { Fragment, type ReactNode } from 'react';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gridTemplateColumns: 'minmax(7em, max-content) minmax(0, 1fr)',
      gap: theme.spacing(0.75, 2),
      margin: 0,
      fontSize: theme.typography.body2.fontSize,
    },
    term: { color: theme.palette.textSubtle },
    value: { margin: 0, minWidth: 0, overflowWrap: 'anywhere' },
  }),
  { name: 'CoderFleetDescriptionList' },
);

/**
 * Terms and what is known of them; terms without a value are left out.
 *
 * @internal
 */
export const DescriptionList = (props: {
  items: ReadonlyArray<{ term: string; value: ReactNode }>;
}) => {
  const classes = useStyles();
  return (
    <dl className={classes.root}>
      {props.items
        .filter(({ value }) => value !== undefined && value !== '')
        .map(({ term, value }, index) => (
          <Fragment key={index}>
            <dt className={classes.term}>{term}</dt>
            <dd className={classes.value}>{value}</dd>
          </Fragment>
        ))}
    </dl>
  );
};
