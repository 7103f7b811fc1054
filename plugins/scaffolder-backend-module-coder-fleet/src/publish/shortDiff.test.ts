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
    expect(diff).toHaveLength(9);
    expect(diff[7]).toBe('- … 494 more');
    expect(Math.max(...diff.map(line => line.length))).toBeLessThan(170);
  });

  it('shows no control characters', () => {
    expect(shortDiff('a', 'b\u001b[31m\r')).toEqual([
      'line 1:',
      '- a',
      '+ b\ufffd[31m\ufffd',
    ]);
  });
});
