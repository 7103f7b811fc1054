import { normalizeOrigin } from './origin';

describe('normalizeOrigin', () => {
  it.each([
    ['https://coder.example.com', 'https://coder.example.com'],
    ['https://coder.example.com/', 'https://coder.example.com'],
    ['HTTPS://Coder.Example.COM:443/', 'https://coder.example.com'],
    ['http://coder.example.com:80', 'http://coder.example.com'],
    ['https://coder.example.com:8443', 'https://coder.example.com:8443'],
    ['http://coder.example.com:443', 'http://coder.example.com:443'],
    ['https://bücher.example', 'https://xn--bcher-kva.example'],
    ['https://[::1]:7443', 'https://[::1]:7443'],
    [' https://coder.example.com\n', 'https://coder.example.com'],
  ])('turns %j into %s', (text, origin) => {
    expect(normalizeOrigin(text)).toBe(origin);
  });

  it.each([
    '',
    'coder.example.com',
    'ftp://coder.example.com',
    'https://coder.example.com/path',
    'https://coder.example.com/?a=b',
    'https://coder.example.com/#a',
    'https://user:pass@coder.example.com',
    'https://coder.example.com@evil.example',
  ])('refuses "%s"', text => {
    expect(() => normalizeOrigin(text)).toThrow('An origin is');
  });
});
