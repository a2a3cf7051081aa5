/**
 * The files of this visit's uploads, by the uploads' ids. They are no data, so the machines have
 * none of them: a browser gives a file, or a handle to it, and nothing that could be stored.
 */
const files = new Map<string, File>()

export const keepFile = (id: string, file: File): void => void files.set(id, file)

export const findFile = (id: string): File | undefined => files.get(id)

export const dropFile = (id: string): void => void files.delete(id)
