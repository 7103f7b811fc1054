import { CopyTextButton } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type {
  DeploymentState,
  SupportBundleAudience,
  SupportBundleGuide,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { coderFleetTranslationRef } from '../../translation';
import { CodeBlock } from '../CodeBlock';
import { DescriptionList } from '../DescriptionList';
import { Panel } from '../Panel';
import { StatusLabel } from '../StatusLabel';
import { Subtle } from '../Subtle';

const AUDIENCES = {
  owner: 'support.audienceOwner',
  anyone: 'support.audienceAnyone',
  unknown: 'support.audienceUnknown',
} as const satisfies Record<SupportBundleAudience, string>;

/** States in which nothing answers to the command. */
const DOWN: readonly DeploymentState[] = [
  'unreachable',
  'missing',
  'provisioning',
  'retired',
];

const useStyles = makeStyles(
  theme => ({
    body: {
      display: 'grid',
      gap: theme.spacing(1.5),
      overflowWrap: 'anywhere',
    },
    command: {
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr) auto',
      alignItems: 'start',
      gap: theme.spacing(1),
    },
    heading: { fontWeight: 'bold' as const },
  }),
  { name: 'CoderFleetBundlePanel' },
);

/**
 * The command that makes a support bundle of this deployment, who may run it, and its flags.
 *
 * @internal
 */
export const BundlePanel = (props: {
  guide: SupportBundleGuide;
  state: DeploymentState;
}) => {
  const { guide, state } = props;
  const { version, audience, command, flags } = guide;
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  return (
    <Panel
      title={t('support.bundle')}
      aside={
        <Subtle>
          {version
            ? t('support.forVersion', { version })
            : t('support.versionUnknown')}
        </Subtle>
      }
    >
      <div className={classes.body}>
        {DOWN.includes(state) && (
          <Typography variant="body2">
            <StatusLabel tone="warning">
              {t('support.mustBeUp', { state: t(`state.${state}`) })}
            </StatusLabel>
          </Typography>
        )}
        <Command text={command} />
        <Typography variant="body2">{t('support.replica')}</Typography>
        <div>
          <Heading>{t('support.audience')}</Heading>
          <Typography variant="body2">{t(AUDIENCES[audience])}</Typography>
        </div>
        <div>
          <Heading>{t('support.flags')}</Heading>
          <DescriptionList
            items={flags.map(({ flag, meaning, needs }) => ({
              term: flag,
              value: (
                <>
                  {meaning}
                  {needs && <Subtle>{needs}</Subtle>}
                </>
              ),
            }))}
          />
        </div>
      </div>
    </Panel>
  );
};

function Command(props: { text: string | undefined }) {
  const { text } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  return text ? (
    <div className={classes.command}>
      <CodeBlock text={text} label={t('support.command')} />
      <CopyTextButton
        text={text}
        variant="secondary"
        aria-label={t('support.copy')}
      />
    </div>
  ) : (
    <Typography variant="body2">
      <StatusLabel tone="warning">{t('support.noCommand')}</StatusLabel>
    </Typography>
  );
}

function Heading(props: { children: string }) {
  return (
    <Typography
      variant="body2"
      component="h4"
      gutterBottom
      className={useStyles().heading}
    >
      {props.children}
    </Typography>
  );
}
