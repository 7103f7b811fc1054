import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { PendingRequest } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { makeStyles } from '@material-ui/core/styles';
import { usePendingRequests } from '../../hooks/usePendingRequests';
import { coderFleetTranslationRef } from '../../translation';
import { Panel } from '../Panel';
import { Subtle } from '../Subtle';
import { PendingItem } from './PendingItem';

const useStyles = makeStyles(
  { list: { margin: 0, padding: 0, listStyle: 'none' } },
  { name: 'CoderFleetPendingRequests' },
);

/**
 * Requests that wait until the user accepts that they deviate, or approves them; and apart from them the user's
 * own that wait for somebody else. Nothing at all while none does.
 *
 * @internal
 */
export const PendingRequests = () => {
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const { value, reload } = usePendingRequests();
  const { items } = value ?? { items: [] };
  return (
    <>
      <PendingPanel
        title={t('pending.title')}
        meaning={t('pending.meaning')}
        items={items.filter(isForUser)}
        onDecided={reload}
      />
      <PendingPanel
        title={t('pending.ownTitle')}
        meaning={t('pending.ownMeaning')}
        items={items.filter(request => !isForUser(request))}
        onDecided={reload}
      />
    </>
  );
};

function isForUser({ rules, approval }: PendingRequest): boolean {
  return rules.length > 0 || approval?.mayApprove === true;
}

function PendingPanel(props: {
  title: string;
  meaning: string;
  items: readonly PendingRequest[];
  onDecided: () => void;
}) {
  const { title, meaning, items, onDecided } = props;
  const classes = useStyles();
  if (items.length === 0) {
    return null;
  }
  return (
    <Panel title={title} heading="h2" aside={<Subtle>{meaning}</Subtle>}>
      <ul className={classes.list}>
        {items.map(request => (
          <PendingItem
            key={request.deployment}
            request={request}
            onDecided={onDecided}
          />
        ))}
      </ul>
    </Panel>
  );
}
