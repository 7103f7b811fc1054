// Loaded into the backend by `npm start`. The dev server of backstage-cli stays
// when the backend it runs dies, so this tells which process to look after.
// Node preloads into the thread of its module hooks as well.
if (require('node:worker_threads').isMainThread) {
  require('node:fs').writeSync(1, `[coder-fleet] process ${process.pid}\n`);
}
