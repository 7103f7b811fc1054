import { Progress, ResponseErrorPanel } from '@backstage/core-components';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type {
  DeploymentSummary,
  FleetSummary,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { makeStyles } from '@material-ui/core/styles';
import { coderFleetApiRef } from '../../api';
import type { FleetQuery } from '../../hooks/useFleetQuery';
import { useLive } from '../../hooks/useLive';
import { coderFleetTranslationRef } from '../../translation';
import { Subtle } from '../Subtle';
import { RegionCard } from './RegionCard';

/** The most that one answer of the API has. */
const MAX_SHOWN = 500;

const useStyles = makeStyles(
  theme => ({
    regions: {
      display: 'grid',
      gap: theme.spacing(2),
      gridTemplateColumns: 'repeat(auto-fill, minmax(min(22em, 100%), 1fr))',
      alignItems: 'start',
      margin: theme.spacing(1, 0, 0),
      padding: 0,
      listStyle: 'none',
    },
  }),
  { name: 'CoderFleetFleetRegions' },
);

/**
 * The topology of the fleet: regions side by side, in each its deployments with their states, those that
 * need a hand first.
 *
 * @internal
 */
export const FleetRegions = (props: {
  query: FleetQuery;
  summary: FleetSummary;
  onChoose: (region: string) => void;
}) => {
  const { query, summary, onChoose } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const api = useApi(coderFleetApiRef);
  const filters = { ...query, sort: 'state' as const };
  const page = useLive(
    () => api.listDeployments({ ...filters, limit: MAX_SHOWN }),
    JSON.stringify(filters),
  );
  if (!page.value) {
    return page.error ? (
      <ResponseErrorPanel error={page.error} />
    ) : (
      <Progress />
    );
  }
  const regions = byRegion(page.value.items);
  // Without filters the summary counts also those that one answer does not hold
  const isWhole = page.value.totalItems === summary.total;
  return (
    <div>
      <Subtle>{t('fleet.regionsHint')}</Subtle>
      <ul className={classes.regions}>
        {[...regions].map(([region, deployments]) => (
          <li key={region}>
            <RegionCard
              region={region}
              deployments={deployments}
              states={
                isWhole
                  ? summary.statesByRegion[region]
                  : countStates(deployments)
              }
              onChoose={() => onChoose(region)}
            />
          </li>
        ))}
      </ul>
    </div>
  );
};

function byRegion(
  deployments: readonly DeploymentSummary[],
): Map<string, DeploymentSummary[]> {
  const regions = new Map<string, DeploymentSummary[]>();
  const names = [...new Set(deployments.map(({ region }) => region))].sort();
  names.forEach(name => regions.set(name, []));
  deployments.forEach(item => regions.get(item.region)?.push(item));
  return regions;
}

function countStates(
  deployments: readonly DeploymentSummary[],
): FleetSummary['states'] {
  const states: FleetSummary['states'] = {};
  for (const { state } of deployments) {
    states[state] = (states[state] ?? 0) + 1;
  }
  return states;
}
