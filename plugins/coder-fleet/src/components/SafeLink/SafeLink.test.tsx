/* eslint-disable no-script-url -- what must be refused has to be written down */
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import { SafeLink } from './SafeLink';
import { safeHref } from './safeHref';

describe('safeHref', () => {
  it.each([
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    '//evil.example.com',
    '/relative',
    'mailto:a@example.com',
    '',
  ])('refuses %j', target => {
    expect(safeHref(target)).toBeUndefined();
  });

  it('allows what was asked for, and nothing else', () => {
    expect(safeHref('https://a.example.com')).toBe('https://a.example.com/');
    expect(safeHref('http://a.example.com', ['https:'])).toBeUndefined();
    expect(safeHref('mailto:a@example.com', ['mailto:'])).toBe(
      'mailto:a@example.com',
    );
  });
});

describe('SafeLink', () => {
  it('shows a target that may not be followed as text', async () => {
    renderInTestApp(<SafeLink to="javascript:alert(1)">Help</SafeLink>);
    expect(await screen.findByText('Help')).toBeInTheDocument();
    expect(screen.queryByRole('link')).toBeNull();
  });

  it('opens others in a window that cannot reach back', async () => {
    renderInTestApp(<SafeLink to="https://docs.example.com">Docs</SafeLink>);
    const link = await screen.findByRole('link', { name: /Docs/ });
    expect(link).toHaveAttribute('rel', 'noopener noreferrer');
    expect(link).toHaveAttribute('target', '_blank');
  });
});
