import t from 'tap'
import { originOf } from '../../src/identity/origin.ts'

const cases: [string, Record<string, string>, 'own' | 'foreign' | 'unknown'][] = [
  ['a page of ours', { 'sec-fetch-site': 'same-origin' }, 'own'],
  ['the address bar', { 'sec-fetch-site': 'none' }, 'own'],
  ['another site', { 'sec-fetch-site': 'cross-site' }, 'foreign'],
  ['a neighbour on the same domain', { 'sec-fetch-site': 'same-site' }, 'foreign'],
  ['a word that no browser says', { 'sec-fetch-site': 'same-origin, cross-site' }, 'foreign'],
  ['another site that names our origin', { 'sec-fetch-site': 'cross-site', origin: 'http://a.example' }, 'foreign'],
  ['our page under no-referrer', { 'sec-fetch-site': 'same-origin', origin: 'null' }, 'own'],
  ['an old browser on our page', { origin: 'http://a.example' }, 'own'],
  ['an old browser, the port named', { origin: 'http://a.example:80' }, 'own'],
  ['an old browser elsewhere', { origin: 'http://b.example' }, 'foreign'],
  ['another port', { origin: 'http://a.example:8080' }, 'foreign'],
  ['a host that only begins like ours', { origin: 'http://a.example.evil.example' }, 'foreign'],
  ['an origin that is none', { origin: 'a.example' }, 'foreign'],
  ['an old browser under no-referrer', { origin: 'null' }, 'unknown'],
  ['nothing said', {}, 'unknown']
]

t.test('where a request comes from is what the browser says, and a doubt is never read as ours', async t => {
  for (const [name, headers, verdict] of cases) t.equal(originOf(headers, 'a.example'), verdict, name)
  t.equal(originOf({ origin: 'http://localhost:3000' }, 'localhost:3000'), 'own', 'a port is part of the host')
  t.equal(originOf({ origin: 'https://A.example' }, 'a.EXAMPLE:443'), 'own', 'however it is written')
  t.equal(originOf({ origin: 'http://a.example' }, 'a b'), 'foreign', 'a host that is none')
})
