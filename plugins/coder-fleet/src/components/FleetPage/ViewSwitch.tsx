import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import ButtonGroup from '@material-ui/core/ButtonGroup';
import Button from '@material-ui/core/Button';
import type { FleetView } from '../../hooks/useFleetQuery';
import { coderFleetTranslationRef } from '../../translation';

/**
 * Chooses between the table and the regions.
 *
 * @internal
 */
export const ViewSwitch = (props: {
  view: FleetView;
  onChange: (view: FleetView) => void;
}) => {
  const { view, onChange } = props;
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const options = [
    ['table', t('fleet.viewTable')],
    ['regions', t('fleet.viewRegions')],
  ] as const;
  return (
    <ButtonGroup size="small" aria-label={t('fleet.view')}>
      {options.map(([option, label]) => (
        <Button
          key={option}
          aria-pressed={view === option}
          variant={view === option ? 'contained' : 'outlined'}
          disableElevation
          onClick={() => onChange(option)}
        >
          {label}
        </Button>
      ))}
    </ButtonGroup>
  );
};
