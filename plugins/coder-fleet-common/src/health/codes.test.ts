import { HEALTH_CODES, healthCode } from './codes';
import { HEALTH_SECTION_TITLES } from './report';

describe('HEALTH_CODES', () => {
  it('explains every code once, in a known section, with a link', () => {
    expect(new Set(HEALTH_CODES.map(({ code }) => code)).size).toBe(
      HEALTH_CODES.length,
    );
    for (const { section, meaning, remedy, url, code } of HEALTH_CODES) {
      expect(['any', ...Object.keys(HEALTH_SECTION_TITLES)]).toContain(section);
      expect(meaning).not.toBe('');
      expect(remedy).not.toBe('');
      expect(url).toMatch(new RegExp(`#${code.toLowerCase()}$`));
    }
  });

  it('does not explain what it does not know', () => {
    expect(healthCode('EDB02')?.meaning).toMatch(/slowly/);
    expect(healthCode('ENEW99')).toBeUndefined();
  });
});
