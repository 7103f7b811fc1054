import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import IconButton from '@material-ui/core/IconButton';
import InputAdornment from '@material-ui/core/InputAdornment';
import TextField from '@material-ui/core/TextField';
import ClearIcon from '@material-ui/icons/Clear';
import SearchIcon from '@material-ui/icons/Search';
import { useEffect, useId, useState } from 'react';
import useDebounce from 'react-use/esm/useDebounce';
import { coderFleetTranslationRef } from '../../translation';

/** Long enough to finish a word, short enough to feel immediate. */
const TYPING_PAUSE_MS = 250;

/**
 * Searches once the typing pauses.
 *
 * @internal
 */
export const SearchField = (props: {
  value: string;
  onChange: (value: string) => void;
}) => {
  const { value, onChange } = props;
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const id = useId();
  const [text, setText] = useState(value);

  // The URL may change without us: back, forward, "clear filters".
  useEffect(() => setText(value), [value]);
  useDebounce(
    () => {
      if (text !== value) {
        onChange(text);
      }
    },
    TYPING_PAUSE_MS,
    [text],
  );

  return (
    <TextField
      id={id}
      variant="outlined"
      size="small"
      label={t('fleet.search')}
      placeholder={t('fleet.searchHint')}
      value={text}
      onChange={event => setText(event.target.value)}
      inputProps={{ maxLength: 200 }}
      InputProps={{
        startAdornment: (
          <InputAdornment position="start">
            <SearchIcon fontSize="small" color="action" />
          </InputAdornment>
        ),
        endAdornment: text && (
          <InputAdornment position="end">
            <IconButton
              size="small"
              edge="end"
              aria-label={t('fleet.clearSearch')}
              onClick={() => {
                setText('');
                onChange('');
              }}
            >
              <ClearIcon fontSize="small" />
            </IconButton>
          </InputAdornment>
        ),
      }}
    />
  );
};
