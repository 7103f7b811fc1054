import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { coderFleetTranslationRef } from '../../translation';
import { StatusLabel } from '../StatusLabel';
import { TRUST_TONES, type FactTrust } from './factTrust';

/**
 * Whether a fact is known, in a word.
 *
 * @internal
 */
export const FactStatusLabel = (props: { trust: FactTrust }) => {
  const { trust } = props;
  const { t } = useTranslationRef(coderFleetTranslationRef);
  return (
    <StatusLabel tone={TRUST_TONES[trust] ?? 'unknown'}>
      {t(`facts.${trust}`)}
    </StatusLabel>
  );
};
