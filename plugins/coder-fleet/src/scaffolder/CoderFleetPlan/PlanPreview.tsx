import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  blockingFindings,
  type DeploymentChanges,
  type Finding,
  isOpen,
  type Plan,
  type PlannedRelease,
  refusedFindings,
  type RequestPreview,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { PlanPanel } from '../../components/DeploymentOverview/PlanPanel';
import { DescriptionList } from '../../components/DescriptionList';
import {
  byUrgency,
  FindingItem,
  VerdictLabel,
} from '../../components/Findings';
import { Panel } from '../../components/Panel';
import { StatusLabel } from '../../components/StatusLabel';
import { Subtle } from '../../components/Subtle';
import { coderFleetTranslationRef } from '../../translation';
import { ChangesPanel } from './ChangesPanel';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gap: theme.spacing(2),
      marginTop: theme.spacing(3),
    },
    list: { margin: 0, padding: 0, listStyle: 'none' },
    finding: { display: 'flex', gap: theme.spacing(1), alignItems: 'baseline' },
  }),
  { name: 'CoderFleetPlanPreview' },
);

/**
 * What a form would lead to: in short, or on its last step all of it.
 *
 * @internal
 */
export const PlanPreview = (props: {
  preview: RequestPreview;
  /** Of what is registered under the name. */
  changes?: DeploymentChanges;
  last: boolean;
}) => {
  const { preview, changes, last } = props;
  const { plan, findings, problems, wrong, approval } = preview;
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const open = findings.filter(isOpen).sort(byUrgency);
  const unknown = findings.filter(({ verdict }) => verdict === 'unknown');
  // Before the last step something is always missing
  const shown = last ? problems : wrong;
  return (
    <div className={classes.root}>
      <Panel title={t('preview.title')}>
        {plan ? (
          <Figures plan={plan} />
        ) : (
          shown.length === 0 && (
            <Typography variant="body2">{t('preview.waiting')}</Typography>
          )
        )}
        {shown.length > 0 && <Problems problems={shown} />}
      </Panel>
      {plan && (
        <Panel
          title={t('preview.findings')}
          aside={
            unknown.length > 0 && (
              <Subtle>{t('preview.runtime', { count: unknown.length })}</Subtle>
            )
          }
        >
          <Gate findings={open} approval={approval} />
          {open.length === 0 && (
            <StatusLabel tone="ok">{t('preview.ready')}</StatusLabel>
          )}
          <ul className={classes.list}>
            {open.map(finding =>
              last ? (
                <FindingItem key={finding.rule} finding={finding} />
              ) : (
                <FindingLine key={finding.rule} finding={finding} />
              ),
            )}
          </ul>
        </Panel>
      )}
      {changes && <ChangesPanel changes={changes} kept={preview.kept} />}
      {plan && last && <PlanPanel plan={plan} />}
    </div>
  );
};

/** What will become of the request. */
function Gate(props: {
  findings: readonly Finding[];
  approval: RequestPreview['approval'];
}) {
  const { findings, approval } = props;
  const { t } = useTranslationRef(coderFleetTranslationRef);
  if (refusedFindings(findings).length > 0) {
    return <StatusLabel tone="error">{t('preview.refused')}</StatusLabel>;
  }
  const waited = blockingFindings(findings).length;
  return (
    <>
      {waited > 0 && (
        <div>
          <StatusLabel tone="warning">
            {t('preview.waits', { count: waited })}
          </StatusLabel>
        </div>
      )}
      {approval === 'portal' && (
        <div>
          <StatusLabel tone="warning">{t('preview.approval')}</StatusLabel>
        </div>
      )}
    </>
  );
}

function Problems(props: { problems: RequestPreview['problems'] }) {
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  return (
    <div role="status">
      <StatusLabel tone="error">{t('preview.problems')}</StatusLabel>
      <ul className={classes.list}>
        {props.problems.map(({ path, message }) => (
          <li key={`${path} ${message}`}>
            <Typography variant="body2">
              {path ? `${path}: ${message}` : message}
            </Typography>
          </li>
        ))}
      </ul>
    </div>
  );
}

function FindingLine(props: { finding: Finding }) {
  const { title, verdict } = props.finding;
  return (
    <li className={useStyles().finding}>
      <VerdictLabel verdict={verdict} />
      <Typography variant="body2">{title}</Typography>
    </li>
  );
}

function Figures(props: { plan: Plan }) {
  const { plan } = props;
  const { controlPlane, database, headroom, provisioners, tier } = plan;
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const pods = ({ replicas, container }: PlannedRelease) =>
    t('preview.replicas', {
      count: replicas.value,
      cpu: container.value.cpuMillis / 1000,
      memory: container.value.memoryGiB,
    });
  return (
    <DescriptionList
      items={[
        {
          term: t('preview.tier'),
          value: t('preview.tierOf', {
            tier: tier.value,
            users: headroom.limits.users.value,
          }),
        },
        { term: t('preview.controlPlane'), value: pods(controlPlane) },
        {
          term: t('preview.provisioners'),
          value:
            provisioners.length > 0
              ? provisioners.map(pods).join('; ')
              : t('preview.builtIn', {
                  value: controlPlane.builtInProvisioners.value,
                }),
        },
        {
          term: t('preview.database'),
          value: t('preview.databaseSize', {
            vcpu: database.vcpu.value,
            memory: database.memoryGB.value,
          }),
        },
      ]}
    />
  );
}
