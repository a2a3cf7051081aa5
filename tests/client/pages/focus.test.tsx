import { expect, test } from 'vitest'
import { restoreFocusAfter } from '#ui/focus.ts'

test('the content gets the focus if what should have had it is gone as well', () => {
  document.body.innerHTML = '<main id="content" tabindex="-1"><button>Retry</button></main>'
  const button = document.querySelector('button')
  button?.focus()
  restoreFocusAfter(
    () => button?.remove(),
    () => button,
  )
  expect(document.activeElement?.id).toBe('content')
  document.body.innerHTML = ''
})
