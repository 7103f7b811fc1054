import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { DeploymentDetail } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { makeStyles } from '@material-ui/core/styles';
import { coderFleetTranslationRef } from '../../translation';
import { FactStatusLabel, factTrust } from '../FactStatusLabel';
import { RelativeTime } from '../RelativeTime';
import { StatusLabel } from '../StatusLabel';
import { SupportStatus } from '../SupportStatus';
import { shortVersion } from '../VersionLabel';
import { LicenseTile } from './LicenseTile';
import { Tile } from './Tile';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gap: theme.spacing(2),
      gridTemplateColumns: 'repeat(auto-fit, minmax(13em, 1fr))',
    },
  }),
  { name: 'CoderFleetGlanceTiles' },
);

/**
 * Version, replicas, licence and when it was last seen.
 *
 * @internal
 */
export const GlanceTiles = (props: { deployment: DeploymentDetail }) => {
  const { deployment } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const { lastSeen, facts } = deployment;
  return (
    <div className={classes.root}>
      <VersionTile deployment={deployment} />
      <ReplicasTile deployment={deployment} />
      <LicenseTile facts={facts} />
      <Tile
        label={t('tiles.lastSeen')}
        value={lastSeen ? <RelativeTime at={lastSeen} /> : t('time.never')}
        note={
          factTrust(facts, 'reachability') === 'ok' ? (
            <StatusLabel tone="ok">{t('tiles.answers')}</StatusLabel>
          ) : (
            <FactStatusLabel trust={factTrust(facts, 'reachability')} />
          )
        }
      />
    </div>
  );
};

function VersionTile(props: { deployment: DeploymentDetail }) {
  const { facts, observedVersion, plannedVersion } = props.deployment;
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const trust = factTrust(facts, 'reachability');
  const planned = shortVersion(plannedVersion);
  const version = observedVersion ? shortVersion(observedVersion) : planned;
  return (
    <Tile
      label={observedVersion ? t('tiles.version') : t('tiles.versionPlanned')}
      value={<span title={observedVersion}>{version}</span>}
      note={
        <>
          {trust === 'ok' ? (
            <SupportStatus version={version} />
          ) : (
            <FactStatusLabel trust={trust} />
          )}
          {observedVersion && version !== planned && (
            <div>{t('tiles.planned', { value: planned })}</div>
          )}
        </>
      }
    />
  );
}

function ReplicasTile(props: { deployment: DeploymentDetail }) {
  const { facts, plan } = props.deployment;
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const planned = plan.controlPlane.replicas.value;
  const replicas = facts.replicas?.value;
  const trust = factTrust(facts, 'replicas');
  const known = replicas && trust === 'ok';
  return (
    <Tile
      label={t('tiles.replicas')}
      value={
        known
          ? t('tiles.healthyOf', {
              healthy: replicas.healthy,
              planned,
            })
          : t(trust === 'absent' ? 'tiles.absent' : 'tiles.unknown')
      }
      note={
        known ? (
          <StatusLabel tone={replicas.healthy < planned ? 'warning' : 'ok'}>
            {replicas.healthy < planned
              ? t('tiles.fewer')
              : t('tiles.asPlanned')}
          </StatusLabel>
        ) : (
          <>
            <FactStatusLabel trust={trust} />
            <div>{t('tiles.planned', { value: String(planned) })}</div>
          </>
        )
      }
    />
  );
}
