import { idempotencyField } from '../../identity/idempotency-plugin.ts'
import { newToken } from '../../kernel/secrets.ts'

/**
 * Makes a form take effect once for each time that its page was shown, however often its button is pressed. The route says
 * `makes: true`. Browsers do not fill it in again when somebody comes back to the page: what is sent then is meant anew.
 */
export const SentOnce = () => (
  <input type="hidden" name={idempotencyField} value={newToken().token} autocomplete="off" />
)
