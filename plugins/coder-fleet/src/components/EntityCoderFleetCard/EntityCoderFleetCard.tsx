import { Link, Progress, ResponseErrorPanel } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  EntityInfoCard,
  MissingAnnotationEmptyState,
  useEntity,
} from '@backstage/plugin-catalog-react';
import {
  ANNOTATION_DEPLOYMENT,
  type DeploymentDetail,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import Typography from '@material-ui/core/Typography';
import { useDeployment } from '../../hooks/useDeployment';
import { deploymentRouteRef } from '../../routes';
import { ClockProvider } from '../../time';
import { coderFleetTranslationRef } from '../../translation';
import { isNotFound } from '../../api';
import { DescriptionList } from '../DescriptionList';
import { RelativeTime } from '../RelativeTime';
import { StateBadge } from '../StateBadge';
import { VersionLabel } from '../VersionLabel';

/**
 * The state, the version and the last sight of the deployment that an entity belongs to.
 *
 * @internal
 */
export const EntityCoderFleetCard = () => {
  const { entity } = useEntity();
  const name = entity.metadata.annotations?.[ANNOTATION_DEPLOYMENT];
  return name ? (
    <ClockProvider>
      <DeploymentCard key={name} name={name} />
    </ClockProvider>
  ) : (
    <MissingAnnotationEmptyState annotation={ANNOTATION_DEPLOYMENT} />
  );
};

function DeploymentCard(props: { name: string }) {
  const { name } = props;
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const pathOf = useRouteRef(deploymentRouteRef);
  const { value, error } = useDeployment(name);
  return (
    <EntityInfoCard
      title={t('entityCard.title')}
      footerActions={
        value && <Link to={pathOf({ name })}>{t('entityCard.open')}</Link>
      }
    >
      <CardBody name={name} value={value} error={error} />
    </EntityInfoCard>
  );
}

function CardBody(props: {
  name: string;
  value?: DeploymentDetail;
  error?: Error;
}) {
  const { name, value, error } = props;
  const { t } = useTranslationRef(coderFleetTranslationRef);
  if (isNotFound(error)) {
    return (
      <Typography variant="body2">{t('entityCard.gone', { name })}</Typography>
    );
  }
  if (!value) {
    return error ? <ResponseErrorPanel error={error} /> : <Progress />;
  }
  return (
    <DescriptionList
      items={[
        {
          term: t('entityCard.state'),
          value: (
            <>
              <StateBadge state={value.state} />
              <div>{value.stateReason}</div>
            </>
          ),
        },
        {
          term: t('entityCard.version'),
          value: (
            <VersionLabel
              observed={value.observedVersion}
              planned={value.plannedVersion}
            />
          ),
        },
        {
          term: t('entityCard.lastSeen'),
          value: value.lastSeen ? (
            <RelativeTime at={value.lastSeen} />
          ) : (
            t('time.never')
          ),
        },
      ]}
    />
  );
}
