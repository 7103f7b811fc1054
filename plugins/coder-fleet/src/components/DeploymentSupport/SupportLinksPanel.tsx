import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type {
  DeploymentSpec,
  FactDto,
  SupportLinksFact,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { coderFleetTranslationRef } from '../../translation';
import { Panel } from '../Panel';
import { RelativeTime } from '../RelativeTime';
import { SafeLink, safeHref } from '../SafeLink';
import { StatusLabel, type Tone } from '../StatusLabel';
import { Subtle } from '../Subtle';
import { supportLinkRows, type SupportLinkRow } from './supportLinkRows';

const PROTOCOLS = ['https:', 'http:', 'mailto:'];

const LOOKS = {
  ok: { tone: 'ok', text: 'support.linkOk' },
  moved: { tone: 'warning', text: 'support.linkMoved' },
  broken: { tone: 'error', text: 'support.linkBroken' },
  unreachable: { tone: 'error', text: 'support.linkUnreachable' },
  refused: { tone: 'unknown', text: 'support.linkRefused' },
  unchecked: { tone: 'neutral', text: 'support.linkUnchecked' },
  missing: { tone: 'warning', text: 'support.linkMissing' },
} as const satisfies Record<
  NonNullable<SupportLinkRow['result']>,
  { tone: Tone; text: string }
>;

const useStyles = makeStyles(
  theme => ({
    list: {
      display: 'grid',
      gap: theme.spacing(1),
      margin: theme.spacing(0, 0, 1.5),
      padding: 0,
      listStyle: 'none',
      fontSize: theme.typography.body2.fontSize,
      overflowWrap: 'anywhere',
    },
    hint: { fontSize: theme.typography.body2.fontSize },
  }),
  { name: 'CoderFleetSupportLinksPanel' },
);

/**
 * The links that Coder shows to its users: where each leads, and what a look at it found.
 *
 * @internal
 */
export const SupportLinksPanel = (props: {
  links: DeploymentSpec['supportLinks'];
  edition: string;
  fact?: FactDto<SupportLinksFact>;
}) => {
  const { links, edition, fact } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const rows = supportLinkRows(links, fact);
  return (
    <Panel title={t('support.links')}>
      {rows.length === 0 ? (
        <Typography variant="body2">{t('support.noLinks')}</Typography>
      ) : (
        <>
          <ul className={classes.list}>
            {rows.map((row, index) => (
              <SupportLinkItem key={index} row={row} />
            ))}
          </ul>
          <div className={classes.hint}>
            <Subtle>
              <WhenLooked fact={fact} />
            </Subtle>
          </div>
        </>
      )}
      {edition === 'community' && (
        <Typography variant="body2">{t('support.linksPremium')}</Typography>
      )}
    </Panel>
  );
};

function SupportLinkItem(props: { row: SupportLinkRow }) {
  const { name, target, result, detail, foreign } = props.row;
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const look = result && LOOKS[result];
  return (
    <li>
      <SafeLink to={target} protocols={PROTOCOLS}>
        {name}
      </SafeLink>
      <Subtle>{target}</Subtle>
      {!safeHref(target, PROTOCOLS) && (
        <StatusLabel tone="warning">{t('support.refused')}</StatusLabel>
      )}
      {look && (
        <StatusLabel tone={look.tone}>
          {t(look.text)}
          {detail ? `: ${detail}` : ''}
        </StatusLabel>
      )}
      {foreign && (
        <StatusLabel tone="warning">{t('support.linkForeign')}</StatusLabel>
      )}
    </li>
  );
}

/** When somebody looked; where nobody could, why. */
function WhenLooked(props: { fact?: FactDto<SupportLinksFact> }) {
  const { fact } = props;
  const { t } = useTranslationRef(coderFleetTranslationRef);
  if (fact?.status === 'ok' && !fact.stale && fact.observedAt) {
    return (
      <>
        {t('support.linksChecked')} <RelativeTime at={fact.observedAt} /> (
        {fact.observedAt.slice(0, 10)})
      </>
    );
  }
  const reason = fact?.message ?? t('support.linksNever');
  return <>{t('support.linksHint', { reason })}</>;
}
