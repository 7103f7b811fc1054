import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  topologyTargets,
  type Topology,
  type TopologyNode,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { coderFleetTranslationRef } from '../../translation';

/**
 * How the figures and connections of a part are written, alike in the diagram and in the table.
 *
 * @internal
 */
export function useNodeTexts(topology: Topology): {
  figures: (node: TopologyNode) => string[];
  connections: (node: TopologyNode) => string;
} {
  const { t } = useTranslationRef(coderFleetTranslationRef);
  return {
    figures: ({ replicas, builtInProvisioners, secretName }) => {
      const texts: string[] = [];
      if (replicas) {
        const { planned, healthy } = replicas;
        texts.push(
          healthy === undefined
            ? t('topology.replicasPlanned', { count: planned })
            : t('topology.replicasHealthy', { healthy, planned }),
        );
      }
      if (builtInProvisioners) {
        texts.push(t('topology.builtIn', { count: builtInProvisioners }));
      }
      if (secretName) {
        texts.push(t('topology.secret', { name: secretName }));
      }
      return texts;
    },
    connections: ({ id }) =>
      topologyTargets(topology, id, 'connects')
        .map(({ kind, label }) => `${t(`topology.${kind}`)} ${label}`)
        .join(', '),
  };
}
