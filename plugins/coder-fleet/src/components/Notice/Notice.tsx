import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import { CoderFleetIcon } from '../CoderFleetIcon';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexDirection: 'column',
      alignItems: 'center',
      gap: theme.spacing(1.5),
      padding: theme.spacing(6, 2),
      textAlign: 'center',
    },
    icon: { fontSize: '3.5rem', color: theme.palette.text.disabled },
    text: { maxWidth: '38em', color: theme.palette.textSubtle },
  }),
  { name: 'CoderFleetNotice' },
);

/**
 * Says why there is nothing to show, and what to do about it.
 *
 * @internal
 */
export const Notice = (props: {
  title: string;
  description?: string;
  action?: ReactNode;
}) => {
  const { title, description, action } = props;
  const classes = useStyles();
  return (
    <div className={classes.root} role="status">
      <CoderFleetIcon className={classes.icon} aria-hidden />
      <Typography variant="h5" component="h2">
        {title}
      </Typography>
      {description && (
        <Typography className={classes.text}>{description}</Typography>
      )}
      {action}
    </div>
  );
};
