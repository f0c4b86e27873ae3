// Makes a passkey, or signs with one, and sends the form with what the device answered. A form says where its question
// comes from (data-passkey) and which of the two it does (data-does). Without this script it stays hidden.

const { browserSupportsWebAuthn, startAuthentication, startRegistration } = globalThis.SimpleWebAuthnBrowser

async function answer(form) {
  const body = new URLSearchParams({ formToken: form.elements.formToken.value })
  const asked = await fetch(form.dataset.passkey, { method: 'POST', body, headers: { accept: 'application/json' } })
  const said = await asked.json()
  if (!asked.ok) throw new Error(said.detail)
  const start = form.dataset.does === 'make' ? startRegistration : startAuthentication
  return start({ optionsJSON: said })
}

function tell(form, sentence) {
  const place = form.querySelector('[data-fault]')
  place.textContent = sentence
  place.hidden = !sentence
}

/** What a browser says by an error's name (W3C Web Authentication, 5.1.3 and 5.1.4), as a sentence. */
function sentenceFor({ name, message }) {
  if (name === 'NotAllowedError' || name === 'AbortError') return 'Nothing was done. Try again when you like.'
  if (name === 'InvalidStateError') return 'This device has a passkey for here already.'
  if (name === 'SecurityError') return 'Passkeys do not work at this address.'
  return message || 'This did not work. Try again, or use another way.'
}

for (const form of document.querySelectorAll('form[data-passkey]')) {
  if (!browserSupportsWebAuthn()) break
  form.hidden = false
  for (const instead of document.querySelectorAll('[data-without-passkey]')) instead.hidden = true
  form.addEventListener('submit', async event => {
    event.preventDefault()
    const button = form.querySelector('[type=submit]')
    button.disabled = true
    tell(form, '')
    try {
      form.elements.passkey.value = JSON.stringify(await answer(form))
      form.submit()
    } catch (error) {
      tell(form, sentenceFor(error))
    } finally {
      button.disabled = false
    }
  })
}
