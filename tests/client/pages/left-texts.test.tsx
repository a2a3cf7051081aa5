import { describe, expect, vi } from 'vitest'
import { page } from 'vitest/browser'
import { useOutbox } from '#client/app/outbox/outbox.store.ts'
import { expectAccessible } from '../../support/axe.ts'
import { button } from '../../support/page-parts.ts'
import { test } from '../../support/page-test.tsx'

const notice = page.getByRole('region', { name: '2 names from an earlier visit weren’t saved' })

describe('names that an earlier page has left', () => {
  const leave = () => useOutbox.setState({ texts: ['Intro.mp4', 'Outro.mp4'] })

  test('can be copied, and are gone once discarded', async ({ open }) => {
    const writeText = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
    await open('/')
    leave()
    await expect.element(notice).toBeVisible()
    await expectAccessible()
    await button('Copy all').click()
    await expect.element(notice.getByRole('status')).toHaveTextContent('Copied.')
    expect(writeText).toHaveBeenCalledExactlyOnceWith('Intro.mp4\nOutro.mp4')
    await button('Discard').click()
    await expect.element(notice).not.toBeInTheDocument()
    writeText.mockRestore()
  })

  test('are selected if the page may not copy', async ({ open }) => {
    const forbidden = new DOMException('Write permission denied.', 'NotAllowedError')
    const writeText = vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(forbidden)
    await open('/')
    leave()
    await button('Copy all').click()
    await expect
      .element(notice.getByRole('status'))
      .toHaveTextContent('Copy the selected names yourself.')
    expect(getSelection()?.toString().split(/\n+/)).toEqual(['Intro.mp4', 'Outro.mp4'])
    writeText.mockRestore()
  })
})
