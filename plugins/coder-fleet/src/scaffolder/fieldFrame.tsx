import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';

/** As much of a field's props as its frame needs. */
type Framed = {
  idSchema?: { $id?: string };
  name: string;
  required?: boolean;
  schema: { title?: string; description?: string };
  uiSchema: { 'ui:title'?: string; 'ui:description'?: ReactNode };
};

const useStyles = makeStyles(
  theme => ({
    line: { display: 'block', color: theme.palette.text.primary },
    description: { display: 'block', color: theme.palette.textSubtle },
  }),
  { name: 'CoderFleetFieldFrame' },
);

/**
 * What the text fields of the form have alike. `describedBy` names the help below the field, and what the form's own
 * validation found.
 *
 * @internal
 */
export function fieldFrame(props: Framed) {
  const { idSchema, name, required, schema, uiSchema } = props;
  const id = idSchema?.$id ?? name;
  return {
    describedBy: `${id}-helper-text ${id}__error`,
    frame: {
      id,
      label: uiSchema['ui:title'] ?? schema.title ?? name,
      required,
      margin: 'normal',
      fullWidth: true,
      // The theme's red is too pale for small text: icon and underline carry it.
      InputLabelProps: { error: false },
      FormHelperTextProps: { error: false },
    },
  } as const;
}

/**
 * A line of a field's help. With `status` it is read out when it changes.
 *
 * @internal
 */
export const FieldLine = (props: { children?: ReactNode; status?: true }) => {
  const classes = useStyles();
  return (
    <span className={classes.line} role={props.status && 'status'}>
      {props.children}
    </span>
  );
};

/**
 * The help below a field: its description, and what is said of the present answer.
 *
 * @internal
 */
export const FieldHelp = (
  props: Pick<Framed, 'schema' | 'uiSchema'> & { children?: ReactNode },
) => {
  const { children, schema, uiSchema } = props;
  const classes = useStyles();
  return (
    <>
      <span className={classes.description}>
        {uiSchema['ui:description'] ?? schema.description}
      </span>
      <FieldLine status>{children}</FieldLine>
    </>
  );
};
