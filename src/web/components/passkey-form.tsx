import type { Children } from '@kitajs/html'
import { asset } from '../assets.ts'
import type { Frame } from './layout.tsx'
import { Post } from './post.tsx'

interface Props {
  frame: Frame
  action: string
  /** Where the browser's question to the device comes from. */
  asks: string
  does: 'make' | 'use'
  button: string
  children?: Children
}

/** Makes or uses a passkey, by a script of ours: a device is asked by no other way. Hidden where it cannot be. */
export const PasskeyForm = ({ frame, action, asks, does, button, children }: Props) => (
  <>
    <Post frame={frame} action={action} hidden data-passkey={asks} data-does={does}>
      <input type="hidden" name="passkey" value="" autocomplete="off" />
      {children}
      <p class="fault" role="alert" hidden data-fault=""></p>
      <p class="actions">
        <button type="submit" class={does === 'use' ? 'plain' : undefined} safe>
          {button}
        </button>
      </p>
    </Post>
    <p class="quiet small" data-without-passkey="">
      A passkey needs JavaScript, and a browser that knows passkeys. Every other way works without.
    </p>
    <script src={asset('webauthn.js')} defer />
    <script src={asset('passkey.js')} type="module" />
  </>
)
