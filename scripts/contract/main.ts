import { SIMULATED_ROUTES } from '@coder-fleet/coder-simulator';
import { checkClient } from './clientChecks';
import { Deviations } from './Deviations';
import { KNOWN_DEVIATIONS } from './knownDeviations';
import { OpenApi } from './OpenApi';
import { Report } from './Report';
import { SimulatedFleet } from './simulatedFleet';
import { checkSimulator } from './simulatorChecks';

async function main(file: string): Promise<boolean> {
  const api = OpenApi.read(file);
  const deviations = new Deviations(KNOWN_DEVIATIONS);
  const report = new Report();
  const fleet = await SimulatedFleet.start();
  try {
    const sent = await checkSimulator({ api, deviations, report, fleet });
    await checkClient({ api, deviations, report, fleet, sent });
  } finally {
    await fleet.close();
  }
  for (const { name, used } of deviations.entries()) {
    report.add({
      operation: 'known deviations',
      kind: 'known',
      problem: used
        ? undefined
        : { message: `${name} explains nothing`, occasion: 'remove the entry' },
    });
  }
  const simulated = new Set(
    SIMULATED_ROUTES.map(
      ({ method, path }) => api.findTemplate(method, path)?.name,
    ),
  );
  const others = api.operations.filter(({ name }) => !simulated.has(name));
  console.log(
    `${others.length} other operations of the document are neither simulated nor called.`,
  );
  console.log(report.toString());
  return report.failed === 0;
}

main(process.argv[2]).then(
  passed => {
    process.exitCode = passed ? 0 : 1;
  },
  error => {
    console.error(
      `contract: ${error instanceof Error ? error.message : error}`,
    );
    process.exitCode = 1;
  },
);
