const subjects = [
  'Holding the pencil',
  'Lines with confidence',
  'Circles and ellipses',
  'Boxes in perspective',
  'One vanishing point',
  'Two vanishing points',
  'Measuring with your arm',
  'Negative space',
  'A pear in morning light',
  'Folds in cloth',
  'Glass and water',
  'Hands at rest',
  'Hands at work',
  'Thirty-second gestures',
  'Two-minute poses',
  'The head in four planes',
  'Eyes and brows',
  'Ears, and why they are easy',
  'Hair as one shape',
  'Feet and shoes',
  'Trees in winter',
  'Trees in leaf',
  'Clouds before rain',
  'Rooftops at dusk',
]
const rounds = ['', ' – again, slower', ' – your questions', ' – recap']

/** Creates a realistic name such as `Lesson 12 – Hands at rest.mp4`, with the file's extension. */
export function createLessonName(index: number, file: string): string {
  const subject = subjects[index % subjects.length]
  const round = Math.floor(index / subjects.length)
  const suffix = rounds[round] ?? ` – take ${round + 1}`
  return `Lesson ${index + 12} – ${subject}${suffix}${file.slice(file.lastIndexOf('.'))}`
}
