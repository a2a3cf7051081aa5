/**
 * Whether every open dialog can be seen: React Aria keeps one transparent until it knows whether an
 * on-screen keyboard opens, which takes some frames. It stands alone, so that it can be sent into a
 * browser.
 */
export const areDialogsShown = (): boolean =>
  [...document.querySelectorAll('[role="dialog"], [role="alertdialog"]')].every((dialog) =>
    dialog.checkVisibility({ opacityProperty: true }),
  )
