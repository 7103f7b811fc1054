#!/usr/bin/env node
const { existsSync } = require('node:fs');
const { join } = require('node:path');

// A package has what was built; the repository has sources, which are compiled as they are loaded.
if (existsSync(join(__dirname, '..', 'src'))) {
  require('@backstage/cli-node/config/nodeTransform.cjs');
  require('../src');
} else {
  require('..');
}
