/**
 * Whether every open dialog is visible: React Aria keeps a dialog transparent until it knows
 * whether an on-screen keyboard opens, which takes some frames. The function has no dependencies,
 * so that it can be evaluated in a browser.
 */
export const areDialogsShown = (): boolean =>
  [...document.querySelectorAll('[role="dialog"], [role="alertdialog"]')].every((dialog) =>
    dialog.checkVisibility({ opacityProperty: true }),
  )
