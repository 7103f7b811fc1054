import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  healthCode,
  type HealthMessage,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import Typography from '@material-ui/core/Typography';
import { coderFleetTranslationRef } from '../../translation';
import { SafeLink } from '../SafeLink';

/**
 * One of Coder's messages, with what its code means and what to do first.
 *
 * @internal
 */
export const HealthMessageItem = (props: HealthMessage) => {
  const { code, message } = props;
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const explained = healthCode(code);
  return (
    <Typography variant="body2" component="li">
      <strong>{code}</strong> {message}
      {explained ? (
        <>
          <br />
          {explained.meaning}.
          <br />
          {t('health.todo')} {explained.remedy}.{' '}
          <SafeLink to={explained.url}>{t('health.docs', { code })}</SafeLink>
        </>
      ) : (
        <>
          <br />
          {t('health.uncharted')}
        </>
      )}
    </Typography>
  );
};
