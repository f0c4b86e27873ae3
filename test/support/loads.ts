import type { Page, Request } from 'playwright-core'

/** Counts what the page that is shown took to load with an empty cache: HTML, CSS and JS in bytes, and all its requests. */
export async function countLoads(page: Page): Promise<() => Promise<{ bytes: number; requests: number }>> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Network.enable')
  await devtools.send('Network.setCacheDisabled', { cacheDisabled: true })
  let requests: Request[] = []
  page.on('request', request => {
    const isNewPage = request.isNavigationRequest() && request.frame() === page.mainFrame() && !request.redirectedFrom()
    requests = isNewPage ? [request] : [...requests, request]
  })
  return async () => {
    await page.waitForLoadState('load')
    const weighed = requests.filter(request => ['document', 'stylesheet', 'script'].includes(request.resourceType()))
    const sizes = await Promise.all(weighed.map(request => request.sizes()))
    return { bytes: sizes.reduce((sum, { responseBodySize }) => sum + responseBodySize, 0), requests: requests.length }
  }
}
