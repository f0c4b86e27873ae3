import { said } from './marks.ts'
import type { House } from './world.ts'

/** A partner's page made by the holder of a booking's token, and what two people said there. */
export async function makePartner({ app, request, client }: House, booker: string) {
  const invited = await request('POST', '/api/partner-invitations', { text: 'curiosity' }, booker)
  const { id, url } = invited.json()
  const link = String(url).split('/p/')[1] ?? ''
  const answer = async (given: object): Promise<string> =>
    (await request('POST', `/api/partner-invitations/${link}/answers`, given)).json().returnWords
  const words = await answer({ kind: 'concern', concern: 'privacy', words: said.kept })
  await answer({ kind: 'concern', concern: 'time', words: said.shown, audience: 'inviter' })
  const comeBack = async (): Promise<string> => (await request('POST', '/api/returns', { words })).json().accessToken
  const left = await comeBack()
  const ended = await app.inject({
    method: 'POST',
    url: '/r/thread/end',
    headers: { host: 'localhost:3000', 'sec-fetch-site': 'same-origin' },
    cookies: { r: left }
  })
  if (ended.statusCode !== 303) throw new Error(`A thread cannot be left: ${ended.body}`)
  const [item] = await client<{ id: string }[]>`select id from partner_answers where audience = 'therapist'`
  return {
    invitation: String(id),
    link,
    words,
    /** Opens what was said to the therapist. */
    returned: await comeBack(),
    /** Opened it, until its holder left. */
    left,
    /** In the inbox. */
    item: item?.id ?? ''
  }
}
