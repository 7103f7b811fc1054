import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import { TONE_ICONS, type StatusIcon, type Tone } from './tones';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'inline-flex',
      alignItems: 'center',
      verticalAlign: 'text-bottom',
      gap: theme.spacing(0.75),
      minWidth: 0,
    },
    icon: { flex: 'none', fontSize: '1.25em' },
    ok: { color: theme.palette.status.ok },
    warning: { color: theme.palette.status.warning },
    error: { color: theme.palette.status.error },
    progress: { color: theme.palette.status.running },
    unknown: { color: theme.palette.textSubtle },
    neutral: { color: theme.palette.textSubtle },
    word: { minWidth: 0 },
  }),
  { name: 'CoderFleetStatusLabel' },
);

/**
 * A word with the icon and the colour of its tone. The word alone says everything.
 *
 * @internal
 */
export const StatusLabel = (props: {
  tone: Tone;
  /** Another shape than the tone's own. */
  icon?: StatusIcon;
  className?: string;
  children: ReactNode;
}) => {
  const { tone, icon: Icon = TONE_ICONS[tone], className, children } = props;
  const classes = useStyles();
  return (
    <span className={`${classes.root} ${className ?? ''}`} data-tone={tone}>
      <Icon fontSize="inherit" className={`${classes.icon} ${classes[tone]}`} />
      <span className={classes.word}>{children}</span>
    </span>
  );
};
