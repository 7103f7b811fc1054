import { renderInTestApp } from '@backstage/frontend-test-utils';
import {
  DEPLOYMENT_STATES,
  type DeploymentState,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { screen } from '@testing-library/react';
import { TONE_ICONS } from '../StatusLabel';
import { StateBadge } from './StateBadge';
import { STATE_LOOKS, STATES_BY_URGENCY } from './stateLooks';

describe('StateBadge', () => {
  it.each(DEPLOYMENT_STATES)('says "%s" in a word', async state => {
    renderInTestApp(<StateBadge state={state} />);
    expect(await screen.findByText(state)).toBeInTheDocument();
  });

  it('uses the colour and the icon of success for healthy alone', () => {
    const green = DEPLOYMENT_STATES.filter(
      state =>
        STATE_LOOKS[state].tone === 'ok' ||
        STATE_LOOKS[state].icon === TONE_ICONS.ok,
    );
    expect(green).toEqual(['healthy']);
  });

  it('gives each state a shape of its own, so that none is told by colour alone', () => {
    const shapes = Object.values(STATE_LOOKS).map(look => look.icon);
    expect(new Set(shapes).size).toBe(DEPLOYMENT_STATES.length);
    expect(new Set(STATES_BY_URGENCY)).toEqual(new Set(DEPLOYMENT_STATES));
  });

  it('shows a state of a newer backend as it came, and never as well', async () => {
    renderInTestApp(<StateBadge state={'hibernating' as DeploymentState} />);
    const badge = (await screen.findByText('hibernating')).parentElement;
    expect(badge).toHaveAttribute('data-tone', 'unknown');
  });
});
