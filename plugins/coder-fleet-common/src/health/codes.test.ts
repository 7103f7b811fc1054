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

  it('has every code that Coder documents', () => {
    // Typed from Coder's list, not taken from the data.
    expect(HEALTH_CODES.map(({ code }) => code)).toEqual([
      ...['EUNKNOWN', 'EACS01', 'EACS02', 'EACS03', 'EACS04'],
      ...['EDB01', 'EDB02', 'EDERP01', 'EDERP02', 'ESTUN01', 'ESTUN02'],
      ...['EWS01', 'EWS02', 'EWS03', 'EWP01', 'EWP02', 'EWP03', 'EWP04'],
      ...['EPD01', 'EPD02', 'EPD03'],
    ]);
    expect(healthCode('EACS04')?.meaning).toMatch(/not with 200$/);
  });

  it('does not explain what it does not know', () => {
    expect(healthCode('EDB02')?.meaning).toMatch(/slowly/);
    expect(healthCode('ENEW99')).toBeUndefined();
  });
});
