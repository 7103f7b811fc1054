import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';

const useStyles = makeStyles(
  // `text.secondary` is too pale to be read on the page's own background.
  theme => ({ root: { color: theme.palette.textSubtle } }),
  { name: 'CoderFleetSubtle' },
);

/**
 * Text that stands back.
 *
 * @internal
 */
export const Subtle = (props: { children: ReactNode }) => (
  <div className={useStyles().root}>{props.children}</div>
);
