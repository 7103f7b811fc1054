import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { DeploymentSummary } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import { makeStyles } from '@material-ui/core/styles';
import { deploymentRouteRef } from '../../routes';
import { coderFleetTranslationRef } from '../../translation';
import { OwnerLink } from '../OwnerLink';
import { RelativeTime } from '../RelativeTime';
import { StateBadge } from '../StateBadge';
import { VersionLabel } from '../VersionLabel';
import { COLUMNS } from './columns';

/**
 * Height of a row in pixels, two lines of text: fixed, because what is not in the document is measured
 * by it.
 *
 * @internal
 */
export const ROW_HEIGHT = 56;

const cut = {
  overflow: 'hidden',
  textOverflow: 'ellipsis',
  whiteSpace: 'nowrap',
} as const;

const useStyles = makeStyles(
  theme => ({
    row: {
      height: ROW_HEIGHT,
      '& td, & th': {
        height: ROW_HEIGHT,
        boxSizing: 'border-box',
        borderBottom: `1px solid ${theme.palette.divider}`,
        lineHeight: 1.35,
        ...cut,
      },
    },
    name: { ...cut, display: 'block', fontWeight: 'bold' as const },
    state: { display: 'flex' },
    hidden: {
      position: 'absolute',
      width: 1,
      height: 1,
      overflow: 'hidden',
      clipPath: 'inset(50%)',
    },
    note: {
      ...cut,
      display: 'block',
      color: theme.palette.textSubtle,
      fontSize: theme.typography.caption.fontSize,
    },
  }),
  { name: 'CoderFleetFleetRow' },
);

/**
 * One deployment of the fleet, or its place while it has not arrived.
 *
 * @internal
 */
export const FleetRow = (props: {
  rowIndex: number;
  deployment?: DeploymentSummary;
}) => {
  const { rowIndex, deployment } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  return (
    <TableRow className={classes.row} aria-rowindex={rowIndex}>
      {deployment ? (
        <Cells deployment={deployment} />
      ) : (
        <TableCell colSpan={COLUMNS.length}>{t('fleet.loadingRow')}</TableCell>
      )}
    </TableRow>
  );
};

function Cells(props: { deployment: DeploymentSummary }) {
  const { deployment } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const pathOf = useRouteRef(deploymentRouteRef);
  return (
    <>
      <TableCell component="th" scope="row" role="rowheader">
        <Link
          to={pathOf({ name: deployment.name })}
          className={classes.name}
          title={deployment.displayName}
        >
          {deployment.displayName}
        </Link>
        <span className={classes.note}>{deployment.name}</span>
      </TableCell>
      <TableCell title={deployment.stateReason}>
        <StateBadge state={deployment.state} className={classes.state} />
        <span
          className={
            // That all is well needs no second line, except for those who cannot see the title.
            deployment.state === 'healthy' ? classes.hidden : classes.note
          }
        >
          {deployment.stateReason}
        </span>
      </TableCell>
      <TableCell>
        <VersionLabel
          observed={deployment.observedVersion}
          planned={deployment.plannedVersion}
        />
      </TableCell>
      <TableCell title={deployment.region}>{deployment.region}</TableCell>
      <TableCell>{deployment.tier}</TableCell>
      <TableCell>
        <OwnerLink owner={deployment.owner} />
      </TableCell>
      <TableCell>
        {deployment.lastSeen ? (
          <RelativeTime at={deployment.lastSeen} />
        ) : (
          t('time.never')
        )}
      </TableCell>
    </>
  );
}
