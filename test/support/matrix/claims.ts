/** What an access token says of itself, unproven: whose it is, and of which sign-in. */
function claimsOf(token: string): Record<string, unknown> {
  const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
  if (typeof claims !== 'object' || claims === null) throw new Error('This is no access token')
  return { ...claims }
}

export const readPersonIn = (token: string): string => String(claimsOf(token).sub)
export const readFamilyIn = (token: string): string => String(claimsOf(token).sid)
