import {
  Link,
  sidebarConfig,
  useSidebarOpenState,
} from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(
  theme => ({
    link: {
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(1.5),
      height: sidebarConfig.drawerWidthClosed,
      paddingLeft: theme.spacing(2.5),
      color: theme.palette.navigation.selectedColor,
      fontWeight: 'bold' as const,
      whiteSpace: 'nowrap',
    },
    mark: {
      flex: 'none',
      width: theme.spacing(4),
      height: theme.spacing(4),
      fill: 'currentColor',
    },
  }),
  { name: 'CoderFleetSidebarLogo' },
);

/**
 * Three arrowheads flying in formation, with the portal's name while the
 * sidebar is open.
 *
 * @internal
 */
export const SidebarLogo = () => {
  const classes = useStyles();
  const { isOpen } = useSidebarOpenState();

  return (
    <Link
      to="/"
      underline="none"
      className={classes.link}
      aria-label="Coder Fleet home"
    >
      <svg className={classes.mark} viewBox="0 0 32 32" aria-hidden>
        <path d="M17 10l10 6-10 6 2.6-6zM5 4.5l10 6-10 6 2.6-6zM5 15.5l10 6-10 6 2.6-6z" />
      </svg>
      {isOpen && 'Coder Fleet'}
    </Link>
  );
};
