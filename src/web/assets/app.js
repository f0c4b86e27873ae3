// What pages gain with JavaScript: a faster way out, the device's time zone as a suggestion, and copying.

const away = '/leave'
let escapes = []

function leave() {
  // Nothing of the page may be seen while the next one loads.
  document.documentElement.classList.add('gone')
  document.title = ' '
  location.replace(away)
}

document.addEventListener('keydown', event => {
  if (event.key !== 'Escape' || !document.querySelector('[data-leave]')) return
  const now = Date.now()
  escapes = [...escapes.filter(at => now - at < 3000), now]
  if (escapes.length === 3) leave()
})

document.addEventListener('click', event => {
  const element = event.target instanceof Element ? event.target : null
  if (element?.closest('[data-leave]')) {
    event.preventDefault()
    leave()
  }
  const copy = element?.closest('[data-copy], [data-copy-from]')
  if (copy) navigator.clipboard.writeText(textFor(copy)).then(() => (copy.textContent = copy.dataset.done))
})

// On a private page whoever goes on takes the page's place: the whole way is one entry in the browser's history.
document.addEventListener('click', event => {
  if (!document.querySelector('[data-one-entry]') || event.defaultPrevented || event.button !== 0) return
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null
  if (!link || link.origin !== location.origin || link.target || link.hasAttribute('download')) return
  event.preventDefault()
  const isHere = link.pathname === location.pathname && link.search === location.search && link.hash
  if (isHere) goTo(link.hash)
  else location.replace(link.href)
})

/** A place of this page, as a fragment would lead there: in sight, and the keyboard goes on from it. */
function goTo(hash) {
  const place = document.getElementById(hash.slice(1))
  if (!place) return
  history.replaceState(null, '', hash)
  if (!place.matches('a, button, input, summary')) place.tabIndex = -1
  place.focus({ preventScroll: true })
  place.scrollIntoView()
}

/** What a button copies: its own text, or what stands now in the field that it names. */
function textFor({ dataset }) {
  return dataset.copy ?? document.getElementById(dataset.copyFrom).value
}

// A button that copies is of use only where the browser lets a page copy.
function showCopying() {
  if (!navigator.clipboard) return
  for (const button of document.querySelectorAll('[data-copy][hidden], [data-copy-from][hidden]')) button.hidden = false
}

/** A zone has several names (Kolkata, Calcutta), and others keep the same clock: what counts is what the clock shows. */
function sameClock(one, other) {
  const shows = (zone, days) =>
    new Date(Date.now() + days * 86_400_000)
      .toLocaleString('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
      .split(' ')
      .at(-1)
  return one === other || [0, 91, 182, 273].every(days => shows(one, days) === shows(other, days))
}

function suggestZone() {
  const hint = document.querySelector('[data-zone-hint]')
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  if (!hint || !zone || sameClock(hint.dataset.zoneHint, zone)) return
  const link = document.createElement('a')
  const address = new URL(location.href)
  address.searchParams.set('zone', zone)
  link.href = address.href
  link.textContent = `Show ${zone.split('/').at(-1).replaceAll('_', ' ')} time`
  hint.replaceChildren('Your device uses another zone. ', link)
}

suggestZone()
showCopying()
document.addEventListener('htmx:after:swap', suggestZone)
document.addEventListener('htmx:after:swap', showCopying)
