import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { FleetSummary } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import type { FleetQuery } from '../../hooks/useFleetQuery';
import { coderFleetTranslationRef } from '../../translation';
import { ownerName } from '../OwnerLink';
import { FilterSelect } from './FilterSelect';
import { SearchField } from './SearchField';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1.5),
      padding: theme.spacing(1.5),
    },
  }),
  { name: 'CoderFleetFleetFilters' },
);

/**
 * Everything the fleet can be narrowed by, beside its states.
 *
 * @internal
 */
export const FleetFilters = (props: {
  summary: FleetSummary;
  query: FleetQuery;
  isFiltered: boolean;
  onChange: (patch: Partial<FleetQuery>) => void;
  onClear: () => void;
}) => {
  const { summary, query, isFiltered, onChange, onClear } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  return (
    <Paper variant="outlined" className={classes.root} role="search">
      <SearchField
        value={query.search}
        onChange={search => onChange({ search })}
      />
      <FilterSelect
        label={t('fleet.region')}
        options={summary.regions}
        selected={query.region}
        onChange={region => onChange({ region })}
      />
      <FilterSelect
        label={t('fleet.businessUnit')}
        options={summary.businessUnits}
        selected={query.businessUnit}
        onChange={businessUnit => onChange({ businessUnit })}
      />
      <FilterSelect
        label={t('fleet.owner')}
        options={summary.owners}
        selected={query.owner}
        labelOf={ownerName}
        onChange={owner => onChange({ owner })}
      />
      {isFiltered && (
        <Button color="primary" onClick={onClear}>
          {t('fleet.clear')}
        </Button>
      )}
    </Paper>
  );
};
