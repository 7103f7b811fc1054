import { shortDiff } from './shortDiff';

const lines = (...text: string[]) => text.join('\n');

describe('shortDiff', () => {
  it('shows what differs, and nothing around it', () => {
    expect(
      shortDiff(lines('a', 'b', 'c', 'd'), lines('a', 'X', 'Y', 'd')),
    ).toEqual(['line 2:', '- b', '- c', '+ X', '+ Y']);
  });

  it.each([
    ['a file that is new', '', 'a', ['line 1:', '- ', '+ a']],
    [
      'a line that came',
      lines('a', 'c'),
      lines('a', 'b', 'c'),
      ['line 2:', '+ b'],
    ],
    [
      'a line that went',
      lines('a', 'b', 'c'),
      lines('a', 'c'),
      ['line 2:', '- b'],
    ],
    ['a line that is there twice', lines('a', 'a'), 'a', ['line 2:', '- a']],
  ])('shows %s', (_what, before, after, diff) => {
    expect(shortDiff(before, after)).toEqual(diff);
  });

  it('is short, whatever the texts are', () => {
    const long = Array.from({ length: 500 }, (_, n) => `${n}`.repeat(999));
    const diff = shortDiff(lines(...long), 'x');
    expect(diff).toHaveLength(23);
    expect(diff[21]).toBe('- … 480 more');
    expect(Math.max(...diff.map(line => line.length))).toBeLessThan(170);
  });

  it('shows each of several edits, however far apart they are', () => {
    const texts = Array.from({ length: 300 }, (_, n) => `line ${n}`);
    const edited = texts.with(9, 'mine').with(199, 'mine too');
    expect(shortDiff(lines(...edited), lines(...texts))).toEqual([
      'line 10:',
      '- mine',
      '+ line 9',
      'line 200:',
      '- mine too',
      '+ line 199',
    ]);
  });

  it('says how many places it does not show', () => {
    const texts = Array.from({ length: 60 }, (_, n) => `${n}`);
    const edited = texts.map((text, n) => (n % 2 ? text : `mine ${n}`));
    const diff = shortDiff(lines(...edited), lines(...texts));
    expect(diff).toHaveLength(61);
    expect(diff.at(-1)).toBe('… 10 more places');
  });

  it('shows texts that have next to nothing in common', () => {
    const texts = (word: string) =>
      lines(...Array.from({ length: 5_000 }, (_, n) => `${word} ${n}`));
    const diff = shortDiff(texts('a'), texts('b'));
    expect(diff[0]).toBe('line 1:');
    expect(diff).toContain('- … 4980 more');
    expect(diff).toContain('+ … 4980 more');
  });

  it('shows no control characters', () => {
    expect(shortDiff('a', 'b\u001b[31m\r')).toEqual([
      'line 1:',
      '- a',
      '+ b\ufffd[31m\ufffd',
    ]);
  });
});
