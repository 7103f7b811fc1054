import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { DeploymentDetail } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { coderFleetTranslationRef } from '../../translation';
import { DescriptionList } from '../DescriptionList';
import { OwnerLink } from '../OwnerLink';
import { Panel } from '../Panel';
import { RelativeTime } from '../RelativeTime';
import { SafeLink } from '../SafeLink';
import { SupportLinks } from './SupportLinks';

/**
 * Who a deployment belongs to, and where it is.
 *
 * @internal
 */
export const AboutPanel = (props: { deployment: DeploymentDetail }) => {
  const { deployment } = props;
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const { spec } = deployment.deployment;
  return (
    <Panel title={t('about.title')}>
      <DescriptionList
        items={[
          { term: t('about.name'), value: deployment.name },
          {
            term: t('about.accessUrl'),
            value: (
              <SafeLink to={deployment.accessUrl} protocols={['https:']} />
            ),
          },
          { term: t('about.wildcardUrl'), value: spec.wildcardUrl },
          {
            term: t('about.owner'),
            value: <OwnerLink owner={deployment.owner} />,
          },
          { term: t('about.businessUnit'), value: deployment.businessUnit },
          { term: t('about.region'), value: deployment.region },
          { term: t('about.tier'), value: deployment.tier },
          { term: t('about.edition'), value: deployment.edition },
          {
            term: t('about.registered'),
            value: <RelativeTime at={deployment.registeredAt} />,
          },
          {
            term: t('about.repository'),
            value: deployment.repository && (
              <SafeLink to={deployment.repository.location} />
            ),
          },
          {
            term: t('about.pullRequest'),
            value: deployment.pullRequest && (
              <SafeLink to={deployment.pullRequest.url} />
            ),
          },
          {
            term: t('about.deploymentId'),
            value: deployment.facts.reachability?.value?.deploymentId,
          },
          {
            term: t('about.supportLinks'),
            value: spec.supportLinks.length ? (
              <SupportLinks links={spec.supportLinks} />
            ) : undefined,
          },
        ]}
      />
    </Panel>
  );
};
