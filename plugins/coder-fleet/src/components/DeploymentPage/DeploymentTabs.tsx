import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import { makeStyles } from '@material-ui/core/styles';
import { useId, type ReactNode } from 'react';
import { useLocation, useParams } from 'react-router-dom';
import { coderFleetTranslationRef } from '../../translation';

const TABS = [
  'overview',
  'health',
  'cva',
  'backups',
  'topology',
  'artifacts',
  'support',
] as const;

/**
 * A tab of a deployment.
 *
 * @internal
 */
export type DeploymentTab = (typeof TABS)[number];

const useStyles = makeStyles(
  theme => ({
    tabs: { borderBottom: `1px solid ${theme.palette.divider}` },
    tab: { textDecoration: 'none !important' },
    panel: { '&:focus': { outline: 'none' } },
  }),
  { name: 'CoderFleetDeploymentTabs' },
);

/**
 * The tab that the address names; the overview when it names none.
 *
 * @internal
 */
export function useDeploymentTab(): DeploymentTab {
  const [segment] = useRestOfPath().split('/');
  return TABS.find(tab => tab === segment) ?? 'overview';
}

/** What the address has beyond the deployment: the router gives it as `*`. */
function useRestOfPath(): string {
  return useParams()['*'] ?? '';
}

/** The address of the deployment itself, wherever it is mounted. */
function useBasePath(): string {
  const { pathname } = useLocation();
  const rest = useRestOfPath();
  const whole = pathname.replace(/\/+$/, '');
  return rest
    ? whole.slice(0, -rest.replace(/\/+$/, '').length).replace(/\/+$/, '')
    : whole;
}

/**
 * The address of a tab, wherever the deployment is mounted.
 *
 * @internal
 */
export function useTabPath(tab: DeploymentTab): string {
  return pathOf(tab, useBasePath());
}

function pathOf(tab: DeploymentTab, basePath: string): string {
  return tab === 'overview' ? basePath : `${basePath}/${tab}`;
}

/**
 * The tabs of a deployment: links, so that each can be opened, sent and gone back to.
 *
 * @internal
 */
export const DeploymentTabs = (props: {
  label: string;
  children: ReactNode;
}) => {
  const { label, children } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const id = useId();
  const current = useDeploymentTab();
  const basePath = useBasePath();
  return (
    <div>
      <Tabs
        value={current}
        aria-label={label}
        indicatorColor="primary"
        variant="scrollable"
        scrollButtons="auto"
        className={classes.tabs}
      >
        {TABS.map(tab => (
          <Tab
            key={tab}
            value={tab}
            label={t(`deployment.${tab}`)}
            id={`${id}-${tab}`}
            aria-controls={tab === current ? `${id}-panel` : undefined}
            component={Link}
            to={pathOf(tab, basePath)}
            className={classes.tab}
          />
        ))}
      </Tabs>
      <div
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-${current}`}
        className={classes.panel}
      >
        {children}
      </div>
    </div>
  );
};
