/** Whether the user asked the browser to load no more than it has to. Not every browser knows. */
export function savesData(): boolean {
  const { connection } = navigator as Navigator & { connection?: { saveData?: boolean } }
  return connection?.saveData === true
}
