import { usePermission } from '@backstage/plugin-permission-react';
import type { deploymentReadPermission } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import Button from '@material-ui/core/Button';
import Tooltip from '@material-ui/core/Tooltip';
import type { ReactNode } from 'react';

/**
 * A button for what not everybody may do: it stays in its place and says why it cannot be pressed.
 *
 * @internal
 */
export const GuardedButton = (props: {
  permission: typeof deploymentReadPermission;
  resourceRef: string;
  /** Why it cannot be pressed. */
  deniedText: string;
  pending?: boolean;
  startIcon?: ReactNode;
  size?: 'small';
  /** Its name, where its text alone could be several buttons'. */
  'aria-label'?: string;
  onClick: () => void;
  children: ReactNode;
}) => {
  const { permission, resourceRef, deniedText, pending, ...button } = props;
  const { allowed, loading } = usePermission({ permission, resourceRef });
  const denied = !allowed && !loading;
  return (
    <Tooltip title={denied ? deniedText : ''}>
      {/* A disabled button takes neither pointer nor focus: what stands around it does. */}
      <span
        role="presentation"
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={denied ? 0 : undefined}
      >
        <Button
          {...button}
          variant="outlined"
          disabled={!allowed || pending}
          aria-busy={pending}
        />
      </span>
    </Tooltip>
  );
};
