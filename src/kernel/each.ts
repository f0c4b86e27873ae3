/**
 * Does one thing for each item, in order; one that fails does not keep the others.
 * @throws AggregateError with every failure, after all were tried: the job is then tried again
 */
export async function forEachApart<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  const failures: unknown[] = []
  for (const item of items) await act(item).catch(error => failures.push(error))
  if (failures.length) throw new AggregateError(failures, `${failures.length} of ${items.length} failed`)
}
