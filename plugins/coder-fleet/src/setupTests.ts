import '@testing-library/jest-dom';

// The first import of a lazily loaded page takes seconds on a cold machine.
jest.setTimeout(60_000);

window.scrollTo = () => {};

// jsdom lays nothing out: without a height a virtualised table shows no rows.
Object.defineProperties(HTMLElement.prototype, {
  clientHeight: { configurable: true, get: () => 600 },
  clientWidth: { configurable: true, get: () => 1_200 },
  scrollHeight: { configurable: true, get: () => 1_000_000 },
});
