import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import type { CoderFleetApi } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { useLocation } from 'react-router-dom';
import { coderFleetApiRef } from '../api';
import { CoderFleetRouter } from '../components/CoderFleetRouter';
import { rootRouteRef, templateRouteRef } from '../routes';

let address = '';

const Address = () => {
  const { pathname, search } = useLocation();
  address = pathname + search;
  return null;
};

/** The address of the page that was rendered last, as it is now. */
export const currentAddress = () => address;

/** Renders the page at an address, over an API. */
export function renderPage(
  path: string,
  options: { api: CoderFleetApi; allowed?: boolean },
) {
  const { api, allowed = true } = options;
  return renderInTestApp(
    <>
      <Address />
      <CoderFleetRouter shell="bare" />
    </>,
    {
      mountPath: '/coder-fleet/*',
      initialRouteEntries: [path],
      mountedRoutes: {
        '/coder-fleet': rootRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
        '/create/templates/:namespace/:templateName': templateRouteRef,
      },
      apis: [
        [coderFleetApiRef, api],
        mockApis.permission.mock({
          authorize: jest
            .fn()
            .mockResolvedValue({ result: allowed ? 'ALLOW' : 'DENY' }),
        }),
      ],
    },
  );
}
