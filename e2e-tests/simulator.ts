/** Sets what is wrong with a simulated deployment; `{}`: nothing. */
export async function setFaults(
  name: string,
  faults: Record<string, unknown>,
): Promise<void> {
  const url = `${process.env.E2E_SIMULATOR_CONTROL}/deployments/${name}/faults`;
  const response = await fetch(url, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(faults),
  });
  if (!response.ok) {
    throw new Error(`The simulator answered with ${response.status}`);
  }
}
