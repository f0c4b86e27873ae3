/** Content-Security-Policy: the same for every answer, so it is written once: helmet would put it together anew for each. */
export function contentPolicy(publicUrl: string, checkoutOrigin: string): string {
  return [
    "default-src 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    "img-src 'self' data:",
    // A form's answer may lead on to the card page: the redirect counts too.
    `form-action 'self' ${checkoutOrigin}`,
    ...(publicUrl.startsWith('https:') ? ['upgrade-insecure-requests'] : [])
  ].join(';')
}

/** What else every answer says to browsers, for helmet. */
export function headers(publicUrl: string) {
  return {
    contentSecurityPolicy: false as const,
    referrerPolicy: { policy: 'same-origin' as const },
    strictTransportSecurity: publicUrl.startsWith('https:')
      ? { maxAge: 31_536_000, includeSubDomains: false }
      : (false as const),
    crossOriginEmbedderPolicy: false,
    xFrameOptions: { action: 'deny' as const }
  }
}
