// npm passes a signal on to the shell it started, and that shell may die of it without passing it on.
// Then nobody could stop this process any more, so it stops itself.
if (process.env.npm_lifecycle_event) {
  const shell = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === shell) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, 250)
  watch.unref()
}
