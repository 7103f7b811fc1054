import FormControl from '@material-ui/core/FormControl';
import InputLabel from '@material-ui/core/InputLabel';
import MenuItem from '@material-ui/core/MenuItem';
import Select from '@material-ui/core/Select';
import { makeStyles } from '@material-ui/core/styles';
import CheckIcon from '@material-ui/icons/Check';
import { useId } from 'react';

const useStyles = makeStyles(
  theme => ({
    root: { width: theme.spacing(22) },
    menu: { maxHeight: theme.spacing(50) },
    option: { gap: theme.spacing(1) },
    unchecked: { visibility: 'hidden' },
  }),
  { name: 'CoderFleetFilterSelect' },
);

/**
 * Chooses any number of values.
 *
 * @internal
 */
export const FilterSelect = (props: {
  label: string;
  options: readonly string[];
  selected: readonly string[];
  /** How a value is said to people; itself by default. */
  labelOf?: (value: string) => string;
  onChange: (selected: string[]) => void;
}) => {
  const { label, options, selected, labelOf = String, onChange } = props;
  const classes = useStyles();
  const labelId = useId();
  // A value of the URL that no deployment has (any more) must be there to be taken off.
  const shown = [...new Set([...options, ...selected])];
  return (
    <FormControl variant="outlined" size="small" className={classes.root}>
      <InputLabel id={labelId}>{label}</InputLabel>
      <Select
        multiple
        label={label}
        labelId={labelId}
        id={`${labelId}-select`}
        value={selected}
        onChange={event => onChange(event.target.value as string[])}
        renderValue={() => selected.map(labelOf).join(', ')}
        MenuProps={{
          getContentAnchorEl: null,
          anchorOrigin: { vertical: 'bottom', horizontal: 'left' },
          PaperProps: { className: classes.menu },
        }}
      >
        {shown.map(option => (
          <MenuItem
            key={option}
            value={option}
            dense
            className={classes.option}
          >
            <CheckIcon
              fontSize="small"
              className={selected.includes(option) ? '' : classes.unchecked}
            />
            {labelOf(option)}
          </MenuItem>
        ))}
      </Select>
    </FormControl>
  );
};
