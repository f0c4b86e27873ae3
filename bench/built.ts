/** The built application: benchmarks measure what `npm start` runs. */
export async function built(): Promise<{
  app: typeof import('../src/app.ts')
  database: typeof import('../src/kernel/database.ts')
  jobs: typeof import('../src/kernel/jobs.ts')
  book: typeof import('../src/bookings/book.ts')
  settle: typeof import('../src/bookings/settle.ts')
  schema: typeof import('../src/bookings/schema.ts')
  scope: typeof import('../src/identity/scope.ts')
}> {
  const from = (path: string) => import(new URL(`../dist/src/${path}`, import.meta.url).href)
  return {
    app: await from('app.js'),
    database: await from('kernel/database.js'),
    jobs: await from('kernel/jobs.js'),
    book: await from('bookings/book.js'),
    settle: await from('bookings/settle.js'),
    schema: await from('bookings/schema.js'),
    scope: await from('identity/scope.js')
  }
}
