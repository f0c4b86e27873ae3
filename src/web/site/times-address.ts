/** Where the page shows this month or day. */
export function timesAddress(
  slug: string,
  query: { month?: string; day?: string; zone: string; times?: string; every?: string; open?: string; with?: string }
): string {
  return `/sessions/${encodeURIComponent(slug)}/times?${new URLSearchParams(query)}`
}
