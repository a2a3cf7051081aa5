import { useQueryClient } from '@tanstack/react-query'
import { Button } from '#ui/button.tsx'
import { chooseFiles } from '#ui/choose-files.ts'
import { UploadIcon } from '#ui/icons.tsx'
import { uploadLimitsQuery } from '../../features/uploads/api/upload-limits.ts'
import { acceptedFiles } from '../../features/uploads/sort-files.ts'
import { useAddFiles } from './use-add-files.ts'

/** Asks for files or a folder to upload, into a chapter or else into the library. */
export function useChooseUploads(chapterId: string | null) {
  const addFiles = useAddFiles()
  const queryClient = useQueryClient()
  return async (isFolder: boolean) => {
    void queryClient.prefetchQuery(uploadLimitsQuery)
    const files = await chooseFiles({ accept: acceptedFiles, isFolder })
    if (files.length > 0) addFiles(files, chapterId)
  }
}

/** Uploads files into the library. */
export function UploadButton() {
  const choose = useChooseUploads(null)
  return (
    <Button icon={<UploadIcon />} onClick={() => choose(false)}>
      Upload
    </Button>
  )
}
