import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  CHAPTERS,
  type Chapter,
  type CvaScore,
  type Score,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { coderFleetTranslationRef } from '../../translation';
import { Panel } from '../Panel';
import { RelativeTime } from '../RelativeTime';

const useStyles = makeStyles(
  theme => ({
    list: {
      display: 'grid',
      gap: theme.spacing(1),
      margin: theme.spacing(1.5, 0, 0),
      padding: 0,
      listStyle: 'none',
      fontSize: theme.typography.body2.fontSize,
    },
    words: {
      display: 'flex',
      flexWrap: 'wrap',
      justifyContent: 'space-between',
      gap: theme.spacing(0, 2),
    },
    bar: {
      display: 'flex',
      height: 6,
      borderRadius: 3,
      overflow: 'hidden',
      border: `1px solid ${theme.palette.textSubtle}`,
    },
    met: { background: theme.palette.status.ok },
    unknown: {
      // Stripes: not known is told apart from not met without colours.
      background: `repeating-linear-gradient(135deg, ${theme.palette.textSubtle} 0 2px, transparent 2px 5px)`,
    },
    note: {
      marginTop: theme.spacing(1.5),
      color: theme.palette.textSubtle,
      fontSize: theme.typography.caption.fontSize,
    },
  }),
  { name: 'CoderFleetScorePanel' },
);

/**
 * How many recommendations of the architecture are met, by chapter. What is not known counts as not met.
 *
 * @internal
 */
export const ScorePanel = (props: { score: CvaScore; evaluatedAt: string }) => {
  const { score, evaluatedAt } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const { percent } = score.overall;
  const chapters = Object.keys(CHAPTERS) as Chapter[];
  return (
    <Panel
      title={t('cva.score')}
      aside={
        <Typography variant="h5" component="span">
          {percent === undefined ? t('cva.noScore') : `${percent} %`}
        </Typography>
      }
    >
      <ScoreWords label={t('cva.overall')} score={score.overall} />
      <ul className={classes.list}>
        {chapters.flatMap(chapter => {
          const own = score.chapters[chapter];
          return own ? (
            <li key={chapter}>
              <ScoreWords label={CHAPTERS[chapter]} score={own} />
            </li>
          ) : (
            []
          );
        })}
      </ul>
      <div className={classes.note}>
        {t('cva.scoreMeaning')} {t('cva.evaluated')}{' '}
        <RelativeTime at={evaluatedAt} />.
      </div>
    </Panel>
  );
};

function ScoreWords(props: { label: string; score: Score }) {
  const { label, score } = props;
  const { met, total, unknown } = score;
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const share = (count: number) => ({ width: `${(100 * count) / total}%` });
  return (
    <>
      <div className={classes.words}>
        <span>{label}</span>
        <span>
          {t('cva.metOf', { met, total })}
          {unknown > 0 && `, ${t('cva.unknownCount', { unknown })}`}
        </span>
      </div>
      {total > 0 && (
        <div className={classes.bar} aria-hidden>
          <div className={classes.met} style={share(met)} />
          <div className={classes.unknown} style={share(unknown)} />
        </div>
      )}
    </>
  );
}
