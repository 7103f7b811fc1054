import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  FACT_KEYS,
  type DeploymentDetail,
  type FactKey,
  type FactsDto,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { makeStyles } from '@material-ui/core/styles';
import { coderFleetTranslationRef } from '../../translation';
import { CredentialsHint } from '../CredentialsHint';
import { factTrust, FactStatusLabel } from '../FactStatusLabel';
import { Panel } from '../Panel';
import { RelativeTime } from '../RelativeTime';

const useStyles = makeStyles(
  theme => ({
    list: {
      display: 'grid',
      gap: theme.spacing(1.5),
      margin: 0,
      padding: 0,
      listStyle: 'none',
      fontSize: theme.typography.body2.fontSize,
    },
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      justifyContent: 'space-between',
      gap: theme.spacing(0, 2),
    },
    note: {
      color: theme.palette.textSubtle,
      fontSize: theme.typography.caption.fontSize,
      overflowWrap: 'anywhere',
    },
  }),
  { name: 'CoderFleetFactsPanel' },
);

/**
 * Which facts are known, since when, and what keeps the others from being known.
 *
 * @internal
 */
export const FactsPanel = (props: { deployment: DeploymentDetail }) => {
  const { deployment } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  return (
    <Panel title={t('facts.title')}>
      <ul className={classes.list}>
        {FACT_KEYS.map(key => (
          <Fact key={key} name={key} facts={deployment.facts} />
        ))}
      </ul>
      <CredentialsHint deployment={deployment} />
    </Panel>
  );
};

function Fact(props: { name: FactKey; facts: FactsDto }) {
  const { name, facts } = props;
  const fact = facts[name];
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  return (
    <li>
      <div className={classes.head}>
        <span>{t(`facts.${name}`)}</span>
        <FactStatusLabel trust={factTrust(facts, name)} />
      </div>
      {fact?.message && <div className={classes.note}>{fact.message}</div>}
      {fact?.observedAt && (
        <div className={classes.note}>
          {fact.status === 'ok' ? t('facts.read') : t('facts.lastKnown')}{' '}
          <RelativeTime at={fact.observedAt} />
        </div>
      )}
    </li>
  );
}
