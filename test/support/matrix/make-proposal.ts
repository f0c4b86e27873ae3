import type { House } from './world.ts'

/** Proposed by the owner to somebody new, for the bookings' own therapist. */
export async function makeProposal({ request }: House, owner: string) {
  const answer = await request(
    'POST',
    '/api/proposals',
    {
      person: { name: 'Qznew Person', email: 'qznew@example.com', zone: 'America/New_York' },
      sessionType: 'couples',
      therapist: 'jessica',
      price: { amount: 32323, currency: 'USD' },
      starts: ['2027-03-01T15:00:00Z'],
      hold: true,
      until: '2027-02-20T15:00:00Z'
    },
    owner
  )
  if (answer.statusCode !== 201) throw new Error(`Nothing is proposed: ${answer.body}`)
  const { id, url } = answer.json()
  return { id: String(id), link: String(url).split('/o/')[1] ?? '' }
}
