import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type {
  EntitlementsFact,
  FactsDto,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { coderFleetTranslationRef } from '../../translation';
import { FactStatusLabel, factTrust } from '../FactStatusLabel';
import { StatusLabel } from '../StatusLabel';
import { Tile } from './Tile';

/**
 * The licence, and how many of its seats are in use.
 *
 * @internal
 */
export const LicenseTile = (props: { facts: FactsDto }) => {
  const { facts } = props;
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const trust = factTrust(facts, 'entitlements');
  const value = facts.entitlements?.value;
  if (!value || trust !== 'ok') {
    return (
      <Tile
        label={t('tiles.license')}
        value={t(trust === 'absent' ? 'tiles.absent' : 'tiles.unknown')}
        note={<FactStatusLabel trust={trust} />}
      />
    );
  }
  return (
    <Tile
      label={t('tiles.license')}
      value={t(`tiles.${kindOf(value)}`)}
      note={
        <>
          <Seats seats={value.seats} />
          {[...value.errors, ...value.warnings].map((text, index) => (
            <div key={index}>
              <StatusLabel tone="warning">{text}</StatusLabel>
            </div>
          ))}
        </>
      }
    />
  );
};

/** Of several things that are true of a licence, the one that matters most. */
function kindOf(value: EntitlementsFact): 'noLicense' | 'trial' | 'licensed' {
  if (!value.hasLicense) {
    return 'noLicense';
  }
  return value.trial ? 'trial' : 'licensed';
}

function Seats(props: { seats: EntitlementsFact['seats'] }) {
  const { actual, limit } = props.seats ?? {};
  const { t } = useTranslationRef(coderFleetTranslationRef);
  if (actual === undefined) {
    return <div>{t('tiles.seatsUnknown')}</div>;
  }
  if (limit === undefined) {
    return <div>{t('tiles.seatsUsed', { actual })}</div>;
  }
  return (
    <div>
      {t('tiles.seatsOf', { actual, limit })}
      {actual > limit && (
        <StatusLabel tone="warning">{t('tiles.seatsExceeded')}</StatusLabel>
      )}
    </div>
  );
}
