import type { Children } from '@kitajs/html'
import { moneyText } from '../kernel/money.ts'

/** The page around every page of the simulator. */
export function Frame({
  title,
  base,
  children,
  wide = false
}: {
  title: string
  base: string
  children: Children
  wide?: boolean
}): JSX.Element {
  return (
    <>
      {'<!doctype html>'}
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title safe>{title}</title>
          <link rel="stylesheet" href={`${base}/stripe.css`} />
        </head>
        <body>
          <aside class="banner" aria-label="Demonstration">
            This is a demonstration: no mail leaves this machine, no card is charged.
          </aside>
          <main class={wide ? 'wide' : ''}>{children}</main>
        </body>
      </html>
    </>
  )
}

/** `$400` of Stripe's minor units and small letters. */
export function sum({ amount, currency }: { amount: number; currency: string }): string {
  return moneyText({ amount, currency: currency.toUpperCase() })
}
