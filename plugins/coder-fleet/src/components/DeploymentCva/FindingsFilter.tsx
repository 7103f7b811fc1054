import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { Verdict } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { coderFleetTranslationRef } from '../../translation';
import { VerdictLabel, VERDICTS } from '../Findings';

/**
 * Which findings are shown: those that need a hand, all, or those of one verdict.
 *
 * @internal
 */
export type FindingsChoice = 'open' | 'all' | Verdict;

const useStyles = makeStyles(
  theme => ({
    root: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
    button: { textTransform: 'none' },
  }),
  { name: 'CoderFleetFindingsFilter' },
);

/**
 * Chooses which findings are shown. A verdict that no finding has cannot be chosen.
 *
 * @internal
 */
export const FindingsFilter = (props: {
  choice: FindingsChoice;
  counts: Readonly<Record<FindingsChoice, number>>;
  onChange: (choice: FindingsChoice) => void;
}) => {
  const { choice, counts, onChange } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const options: FindingsChoice[] = ['open', ...VERDICTS, 'all'];
  return (
    <div className={classes.root} role="group" aria-label={t('cva.show')}>
      {options
        .filter(
          option =>
            counts[option] > 0 || option === 'open' || option === choice,
        )
        .map(option => (
          <Button
            key={option}
            size="small"
            variant="outlined"
            color={option === choice ? 'primary' : 'default'}
            aria-pressed={option === choice}
            className={classes.button}
            onClick={() => onChange(option)}
          >
            {option === 'open' || option === 'all' ? (
              t(`cva.${option}`, { findings: counts[option] })
            ) : (
              <VerdictLabel verdict={option} count={counts[option]} />
            )}
          </Button>
        ))}
    </div>
  );
};
