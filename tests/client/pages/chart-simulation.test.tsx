import { expect } from 'vitest'
import { page } from 'vitest/browser'
import { button } from '../../support/page-parts.ts'
import { test } from '../../support/page-test.tsx'

test('A payload that is not an object is rejected with a message and not sent', async ({
  open,
}) => {
  await open('/charts?machine=authoring&mode=simulate')
  await button('Payload of chapter.close').click()
  const field = page.getByRole('textbox', { name: 'Payload of chapter.close, as JSON' })
  const steps = page.getByRole('region', { name: 'History' }).getByRole('button')
  for (const payload of ['7', '["a"]', 'null']) {
    await field.fill(payload)
    await button('Send with this payload').click()
    await expect
      .element(field)
      .toHaveAccessibleDescription('A payload must be an object, such as { "id": 1 }.')
  }
  expect(steps.elements().map(({ textContent }) => textContent)).toEqual(['Start'])

  await field.fill('{ "chapterId": "one" }')
  await button('Send with this payload').click()
  await expect
    .poll(() => steps.elements().map(({ textContent }) => textContent))
    .toEqual(['Start', 'chapter.close'])
})
