import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type {
  Plan,
  Sourced,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { makeStyles } from '@material-ui/core/styles';
import { coderFleetTranslationRef } from '../../translation';
import { FigureTable } from '../FigureTable';
import { Panel } from '../Panel';
import { SafeLink } from '../SafeLink';
import { Subtle } from '../Subtle';
import { usePlanGroups, type PlanFigure } from './usePlanGroups';

const useStyles = makeStyles(
  theme => ({
    // Over the padding of the table's cells
    group: { '&&': { paddingTop: theme.spacing(2.5) } },
    figure: { width: '30%' },
    value: { width: '22%', fontVariantNumeric: 'tabular-nums' },
    note: {
      color: theme.palette.textSubtle,
      fontSize: theme.typography.caption.fontSize,
    },
  }),
  { name: 'CoderFleetPlanPanel' },
);

/**
 * The architecture of the deployment: each figure with the table or rule that it came from, and what
 * other texts say instead.
 *
 * @internal
 */
export const PlanPanel = (props: { plan: Plan }) => {
  const { plan } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const groups = usePlanGroups(plan);
  return (
    <Panel
      title={t('plan.title')}
      aside={
        <Subtle>
          {plan.cvaGeneration === 'legacy'
            ? t('plan.generationOlder')
            : t('plan.generation', { generation: plan.cvaGeneration })}
        </Subtle>
      }
    >
      <FigureTable label={t('plan.title')}>
        <TableHead>
          <TableRow>
            <TableCell className={classes.figure}>{t('plan.figure')}</TableCell>
            <TableCell className={classes.value}>{t('plan.value')}</TableCell>
            <TableCell>{t('plan.source')}</TableCell>
          </TableRow>
        </TableHead>
        {groups.map(group => (
          <TableBody key={group.title}>
            <TableRow>
              <TableCell
                component="th"
                scope="rowgroup"
                role="rowheader"
                colSpan={3}
                className={classes.group}
              >
                <strong>{group.title}</strong>
              </TableCell>
            </TableRow>
            {group.figures.map(figure => (
              <FigureRow key={figure.label} figure={figure} />
            ))}
          </TableBody>
        ))}
      </FigureTable>
    </Panel>
  );
};

function FigureRow(props: { figure: PlanFigure }) {
  const { label, text, sourced } = props.figure;
  const classes = useStyles();
  return (
    <TableRow>
      <TableCell component="th" scope="row" role="rowheader">
        {label}
      </TableCell>
      <TableCell className={classes.value}>{text(sourced.value)}</TableCell>
      <TableCell>
        <SourceText sourced={sourced} text={text} />
      </TableCell>
    </TableRow>
  );
}

function SourceText(props: {
  sourced: Sourced<unknown>;
  text: PlanFigure['text'];
}) {
  const { sourced, text } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  return (
    <>
      <SourceLink source={sourced.source} />
      {sourced.note && <div className={classes.note}>{sourced.note}</div>}
      {sourced.alternatives?.map(({ value, source }) => (
        <div
          key={`${source.title}, ${source.section}`}
          className={classes.note}
        >
          {t('plan.elsewhere', { value: text(value) })}{' '}
          <SourceLink source={source} />
        </div>
      ))}
    </>
  );
}

function SourceLink(props: { source: Sourced<unknown>['source'] }) {
  const { title, section, url } = props.source;
  const text = section ? `${title}, ${section}` : title;
  return url ? <SafeLink to={url}>{text}</SafeLink> : <span>{text}</span>;
}
