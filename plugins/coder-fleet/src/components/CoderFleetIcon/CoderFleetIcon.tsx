import SvgIcon, { type SvgIconProps } from '@material-ui/core/SvgIcon';

/**
 * Three arrowheads flying in formation.
 *
 * @public
 */
export const CoderFleetIcon = (props: SvgIconProps) => (
  <SvgIcon {...props} viewBox="0 0 32 32">
    <path d="M17 10l10 6-10 6 2.6-6zM5 4.5l10 6-10 6 2.6-6zM5 15.5l10 6-10 6 2.6-6z" />
  </SvgIcon>
);
