import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  CHAPTERS,
  isOpen,
  type Chapter,
  type Finding,
  type Verdict,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useSearchParams } from 'react-router-dom';
import { coderFleetTranslationRef } from '../../translation';
import { byUrgency, FindingItem, VERDICTS } from '../Findings';
import { Panel } from '../Panel';
import { FindingDecision } from './FindingDecision';
import { FindingsFilter, type FindingsChoice } from './FindingsFilter';

const useStyles = makeStyles(
  theme => ({
    list: {
      margin: 0,
      padding: 0,
      listStyle: 'none',
    },
    chapter: { margin: theme.spacing(2.5, 0, 0.75) },
  }),
  { name: 'CoderFleetFindingsByChapter' },
);

/** What a person has to look at: deviations that nobody accepted, and what is not known. */
function needsHand(finding: Finding): boolean {
  return isOpen(finding) || finding.verdict === 'unknown';
}

/**
 * Findings under the chapters of the architecture, those that need a hand first.
 *
 * @internal
 */
export const FindingsByChapter = (props: {
  name: string;
  findings: readonly Finding[];
  onDecided: () => void;
}) => {
  const { name, findings, onDecided } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const [params, setParams] = useSearchParams();
  const choice = choiceOf(params.get('show'));
  const shown = findings.filter(
    finding =>
      choice === 'all' ||
      (choice === 'open' ? needsHand(finding) : finding.verdict === choice),
  );
  const counts = {
    all: findings.length,
    open: findings.filter(needsHand).length,
    ...Object.fromEntries(
      VERDICTS.map(verdict => [
        verdict,
        findings.filter(finding => finding.verdict === verdict).length,
      ]),
    ),
  } as Record<FindingsChoice, number>;
  return (
    <Panel title={t('findings.title')}>
      <FindingsFilter
        choice={choice}
        counts={counts}
        onChange={show =>
          setParams(
            previous => {
              previous.set('show', show);
              return previous;
            },
            { replace: true },
          )
        }
      />
      {shown.length === 0 && (
        <Typography variant="body2">
          {findings.length === 0 ? t('findings.none') : t('cva.noneShown')}
        </Typography>
      )}
      {(Object.keys(CHAPTERS) as Chapter[]).map(chapter => {
        const own = shown.filter(finding => finding.chapter === chapter);
        return (
          own.length > 0 && (
            <section key={chapter} aria-label={CHAPTERS[chapter]}>
              <Typography
                variant="subtitle1"
                component="h4"
                className={classes.chapter}
              >
                {CHAPTERS[chapter]}
              </Typography>
              <ul className={classes.list}>
                {own.sort(byUrgency).map(finding => (
                  <FindingItem key={finding.rule} finding={finding}>
                    <FindingDecision
                      name={name}
                      finding={finding}
                      onDecided={onDecided}
                    />
                  </FindingItem>
                ))}
              </ul>
            </section>
          )
        );
      })}
    </Panel>
  );
};

function choiceOf(text: string | null): FindingsChoice {
  return text === 'all' || VERDICTS.includes(text as Verdict)
    ? (text as FindingsChoice)
    : 'open';
}
