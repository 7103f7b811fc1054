import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  type DeploymentListReading,
  readDeploymentList,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import { useDeferredValue, useMemo, useState } from 'react';
import { StatusLabel } from '../../components/StatusLabel';
import { coderFleetTranslationRef } from '../../translation';
import { FieldHelp, FieldLine, fieldFrame } from '../fieldFrame';
import type { CoderFleetListProps } from './schema';

/** Of a list that is wrong throughout, enough to begin with. */
const SHOWN_PROBLEMS = 10;

const useStyles = makeStyles(
  theme => ({
    text: {
      fontFamily: 'monospace',
      fontSize: theme.typography.body2.fontSize,
    },
  }),
  { name: 'CoderFleetList' },
);

/**
 * A list of deployments in YAML. It says how many are read, or once the person has left it, in which row and
 * field something is wrong.
 *
 * @internal
 */
export const CoderFleetList = (props: CoderFleetListProps) => {
  const { formData = '', onChange, schema, uiSchema } = props;
  const { disabled, rawErrors = [], readonly } = props;
  const classes = useStyles();
  const [left, setLeft] = useState(false);
  // A long list takes longer to check than a key to press
  const text = useDeferredValue(formData);
  const reading = useMemo(
    () => (text ? readDeploymentList(text) : undefined),
    [text],
  );
  const { describedBy, frame } = fieldFrame(props);
  const isWrong = left && reading?.problems !== undefined;

  return (
    <TextField
      {...frame}
      value={formData}
      disabled={disabled}
      error={isWrong || rawErrors.length > 0}
      multiline
      minRows={12}
      maxRows={30}
      onChange={event => onChange(event.target.value || undefined)}
      onBlur={() => setLeft(true)}
      inputProps={{
        readOnly: readonly,
        autoComplete: 'off',
        spellCheck: false,
        autoFocus: uiSchema['ui:autofocus'],
        className: classes.text,
        'aria-describedby': describedBy,
      }}
      helperText={
        <FieldHelp schema={schema} uiSchema={uiSchema}>
          {/* The form repeats below what its own validation found */}
          {reading && rawErrors.length === 0 && (
            <Reading reading={reading} isShown={left} />
          )}
        </FieldHelp>
      }
    />
  );
};

function Reading(props: { reading: DeploymentListReading; isShown: boolean }) {
  const { isShown, reading } = props;
  const { deployments, problems = [] } = reading;
  const { t } = useTranslationRef(coderFleetTranslationRef);
  if (deployments) {
    return <>{t('list.deployments', { count: deployments.length })}</>;
  }
  if (!isShown) {
    return null;
  }
  const others = problems.length - SHOWN_PROBLEMS;
  return (
    <>
      {problems.slice(0, SHOWN_PROBLEMS).map(problem => (
        <FieldLine key={problem}>
          <StatusLabel tone="error">{problem}</StatusLabel>
        </FieldLine>
      ))}
      {others > 0 && t('list.more', { count: others })}
    </>
  );
}
