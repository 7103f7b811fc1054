import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useId, type ReactNode } from 'react';

const useStyles = makeStyles(
  theme => ({
    root: { padding: theme.spacing(2, 2.5), minWidth: 0 },
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'baseline',
      justifyContent: 'space-between',
      gap: theme.spacing(0.5, 2),
      marginBottom: theme.spacing(1.5),
    },
    title: { margin: 0 },
  }),
  { name: 'CoderFleetPanel' },
);

/**
 * A titled part of a page.
 *
 * @internal
 */
export const Panel = (props: {
  title: string;
  /** What stands at the right of the title. */
  aside?: ReactNode;
  className?: string;
  /** Of its title, where no heading of a level above stands over it; `h3` by default. */
  heading?: 'h2' | 'h3';
  children: ReactNode;
}) => {
  const { title, aside, className, heading = 'h3', children } = props;
  const classes = useStyles();
  const titleId = useId();
  return (
    <Paper
      component="section"
      variant="outlined"
      aria-labelledby={titleId}
      className={`${classes.root} ${className ?? ''}`}
    >
      <div className={classes.head}>
        <Typography
          id={titleId}
          variant="h6"
          component={heading}
          className={classes.title}
        >
          {title}
        </Typography>
        {aside}
      </div>
      {children}
    </Paper>
  );
};
