import { Progress, ResponseErrorPanel } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { useFleetQuery } from '../../hooks/useFleetQuery';
import { useFleetRows } from '../../hooks/useFleetRows';
import { useFleetSummary } from '../../hooks/useFleetSummary';
import { coderFleetTranslationRef } from '../../translation';
import { FleetRegions } from '../FleetRegions';
import { Notice } from '../Notice';
import { RefreshFailure } from '../RefreshFailure';
import { FleetCounts } from './FleetCounts';
import { FleetFilters } from './FleetFilters';
import { FleetTable } from './FleetTable';
import { NoDeployments } from './NoDeployments';
import { PendingRequests } from './PendingRequests';
import { RequestButton } from './RequestButton';
import { StateChips } from './StateChips';
import { ViewSwitch } from './ViewSwitch';

const useStyles = makeStyles(
  theme => ({
    root: {
      ...theme.typography.body2,
      display: 'flex',
      flexDirection: 'column',
      gap: theme.spacing(2),
    },
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'flex-start',
      justifyContent: 'space-between',
      gap: theme.spacing(2),
    },
  }),
  { name: 'CoderFleetFleetContent' },
);

/**
 * Counts, filters and the table of the fleet.
 *
 * @internal
 */
export const FleetContent = () => {
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const summary = useFleetSummary();
  const { query, isFiltered, change, clear, view, show } = useFleetQuery();
  const rows = useFleetRows(query);

  const error = rows.error ?? summary.error;
  if (!summary.value || !rows.updatedAt) {
    return error ? <ResponseErrorPanel error={error} /> : <Progress />;
  }
  if (summary.value.total === 0 && !isFiltered && rows.totalItems === 0) {
    return (
      <div className={classes.root}>
        <PendingRequests />
        <NoDeployments />
      </div>
    );
  }
  return (
    <div className={classes.root}>
      <div className={classes.head}>
        <StateChips
          summary={summary.value}
          selected={query.state}
          onChange={state => change({ state })}
        />
        <RequestButton label={t('fleet.request')} variant="outlined" />
      </div>
      <PendingRequests />
      <FleetFilters
        summary={summary.value}
        query={query}
        isFiltered={isFiltered}
        onChange={change}
        onClear={clear}
      />
      {error && <RefreshFailure error={error} updatedAt={rows.updatedAt} />}
      <FleetCounts
        matching={rows.totalItems}
        total={isFiltered ? summary.value.total : undefined}
        updatedAt={rows.updatedAt}
      />
      <ViewSwitch view={view} onChange={show} />
      {view === 'regions' && rows.totalItems > 0 && (
        <FleetRegions
          query={query}
          summary={summary.value}
          onChoose={region => change({ region: [region] }, 'table')}
        />
      )}
      {rows.totalItems === 0 && !rows.outdated ? (
        <Notice
          title={t('fleet.noMatch.title')}
          description={t('fleet.noMatch.description')}
          action={
            <Button variant="outlined" color="primary" onClick={clear}>
              {t('fleet.clear')}
            </Button>
          }
        />
      ) : (
        view === 'table' && (
          <FleetTable
            rows={rows}
            sort={query.sort}
            onSort={sort => change({ sort })}
          />
        )
      )}
    </div>
  );
};
