import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  reportTokenCreatePermission,
  type ReportToken,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useState } from 'react';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { coderFleetApiRef } from '../../api';
import { useChange } from '../../hooks/useChange';
import { coderFleetTranslationRef } from '../../translation';
import { DecisionList } from '../DecisionList';
import { GuardedButton } from '../GuardedButton';
import { Panel } from '../Panel';
import { PersonLink } from '../PersonLink';
import { RelativeTime } from '../RelativeTime';
import { Subtle } from '../Subtle';
import { IssuedTokenDialog } from './IssuedTokenDialog';

const useStyles = makeStyles(
  theme => ({ issue: { marginTop: theme.spacing(2) } }),
  { name: 'CoderFleetReportTokensPanel' },
);

/**
 * The tokens with which backup jobs report; who may, issues and revokes them here.
 *
 * @internal
 */
export const ReportTokensPanel = (props: {
  name: string;
  /** Of whatever reported last: then a token was used. */
  lastRun: string;
}) => {
  const { name, lastRun } = props;
  const classes = useStyles();
  const api = useApi(coderFleetApiRef);
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const { allowed } = usePermission({
    permission: reportTokenCreatePermission,
    resourceRef: name,
  });
  const tokens = useAsyncRetry(
    async () => (allowed ? (await api.listReportTokens(name)).items : []),
    [allowed, api, name, lastRun],
  );
  const [issued, setIssued] = useState<string>();
  const { pending, change } = useChange({
    work: async () => setIssued((await api.issueReportToken(name)).token),
    done: t('reportToken.issued'),
    failed: t('reportToken.issueFailed'),
    onDone: tokens.retry,
  });
  return (
    <Panel title={t('reportToken.title')}>
      <Typography variant="body2" paragraph>
        {t('reportToken.meaning')}
      </Typography>
      {tokens.error && (
        <Typography variant="body2" color="error">
          {tokens.error.message}
        </Typography>
      )}
      {allowed && tokens.value?.length === 0 && (
        <Typography variant="body2" paragraph>
          {t('reportToken.none')}
        </Typography>
      )}
      <DecisionList>
        {tokens.value?.map(token => (
          <TokenItem
            key={token.id}
            name={name}
            token={token}
            onRevoked={tokens.retry}
          />
        ))}
      </DecisionList>
      <div className={classes.issue}>
        <GuardedButton
          permission={reportTokenCreatePermission}
          resourceRef={name}
          deniedText={t('reportToken.denied', {
            permission: reportTokenCreatePermission.name,
          })}
          size="small"
          pending={pending}
          onClick={change}
        >
          {t('reportToken.issue')}
        </GuardedButton>
      </div>
      {issued && (
        <IssuedTokenDialog
          token={issued}
          onClose={() => setIssued(undefined)}
        />
      )}
    </Panel>
  );
};

function TokenItem(props: {
  name: string;
  token: ReportToken;
  onRevoked: () => void;
}) {
  const { name, token, onRevoked } = props;
  const api = useApi(coderFleetApiRef);
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const short = token.id.slice(0, 8);
  const { pending, change } = useChange({
    work: () => api.revokeReportToken(name, token.id),
    done: t('reportToken.revoked', { id: short }),
    failed: t('reportToken.revokeFailed', { id: short }),
    onDone: onRevoked,
  });
  return (
    <li>
      <strong>{short}</strong>
      <div>
        {t('reportToken.by')} <PersonLink who={token.createdBy} />{' '}
        <RelativeTime at={token.createdAt} />
        <Subtle>
          {token.lastUsedAt ? (
            <>
              {t('reportToken.lastUsed')} <RelativeTime at={token.lastUsedAt} />
            </>
          ) : (
            t('reportToken.neverUsed')
          )}
        </Subtle>
      </div>
      <GuardedButton
        permission={reportTokenCreatePermission}
        resourceRef={name}
        deniedText={t('reportToken.denied', {
          permission: reportTokenCreatePermission.name,
        })}
        size="small"
        aria-label={t('reportToken.revokeOf', { id: short })}
        pending={pending}
        onClick={change}
      >
        {t('reportToken.revoke')}
      </GuardedButton>
    </li>
  );
}
