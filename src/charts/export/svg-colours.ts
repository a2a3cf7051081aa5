/** The colours of `theme.css` that an unmarked chart uses. */
export const colours: Record<string, { light: string; dark: string }> = {
  canvas: { light: '#fafaf9', dark: '#151517' },
  surface: { light: '#ffffff', dark: '#1c1c1f' },
  raised: { light: '#ffffff', dark: '#232327' },
  line: { light: '#e7e6e3', dark: '#2c2c31' },
  'line-strong': { light: '#8d8b86', dark: '#74737c' },
  ink: { light: '#1b1a19', dark: '#ededef' },
  'ink-soft': { light: '#64625d', dark: '#a3a2aa' },
  accent: { light: '#5049c9', dark: '#a5a1fa' },
  danger: { light: '#b42318', dark: '#ff8f85' },
  success: { light: '#1d7a45', dark: '#6fcf97' },
}
