import { Link } from '@backstage/core-components';
import type { ReactNode } from 'react';
import { safeHref } from './safeHref';

/**
 * A link to an address that others wrote. What may not be followed stays text.
 *
 * @internal
 */
export const SafeLink = (props: {
  to: string;
  /** `https:` and `http:` by default. */
  protocols?: readonly string[];
  'aria-label'?: string;
  className?: string;
  children?: ReactNode;
}) => {
  const { to, protocols, children = to, className, ...rest } = props;
  const href = safeHref(to, protocols);
  return href ? (
    <Link
      {...rest}
      to={href}
      className={className}
      rel="noopener noreferrer"
      underline="always"
    >
      {children}
    </Link>
  ) : (
    <span className={className}>{children}</span>
  );
};
