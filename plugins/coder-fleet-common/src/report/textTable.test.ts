import { textTable } from './textTable';

describe('textTable', () => {
  it('aligns columns and leaves no spaces at the end of a line', () => {
    expect(
      textTable(
        ['Figure', 'Value', 'Remark'],
        [
          ['Tier', '1k users', ''],
          ['Concurrent builds', '40', '10 %'],
        ],
      ),
    ).toEqual([
      'Figure             Value     Remark',
      '-----------------  --------  ------',
      'Tier               1k users',
      'Concurrent builds  40        10 %',
    ]);
  });
});
