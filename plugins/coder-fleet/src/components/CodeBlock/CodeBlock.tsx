import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      overflow: 'auto',
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: theme.shape.borderRadius,
      backgroundColor: theme.palette.background.default,
      fontFamily: 'monospace',
      fontSize: theme.typography.body2.fontSize,
      lineHeight: 1.5,
      '&:focus-visible': {
        outline: `2px solid ${theme.palette.primary.main}`,
      },
      '& pre': { margin: 0, padding: theme.spacing(1.5), font: 'inherit' },
      '& code': { font: 'inherit' },
    },
    numbers: {
      position: 'sticky',
      left: 0,
      flex: 'none',
      textAlign: 'right',
      userSelect: 'none',
      color: theme.palette.textSubtle,
      backgroundColor: theme.palette.background.paper,
      borderRight: `1px solid ${theme.palette.divider}`,
    },
  }),
  { name: 'CoderFleetCodeBlock' },
);

/**
 * A text file, as text. Numbers stand beside it in one column of their own: a long file costs two
 * elements, and what is selected has no numbers in it.
 *
 * @internal
 */
export const CodeBlock = (props: {
  text: string;
  label: string;
  lineNumbers?: boolean;
  className?: string;
}) => {
  const { text, label, lineNumbers, className } = props;
  const classes = useStyles();
  const lines = text.replace(/\n$/, '').split('\n').length;
  return (
    <div
      className={`${classes.root} ${className ?? ''}`}
      role="region"
      aria-label={label}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolls by keyboard
      tabIndex={0}
    >
      {lineNumbers && (
        <pre className={classes.numbers} aria-hidden>
          {Array.from({ length: lines }, (_, i) => i + 1).join('\n')}
        </pre>
      )}
      <pre>
        <code>{text}</code>
      </pre>
    </div>
  );
};
