/** What does not work, above everything else; details keep their lines. */
export function ErrorBanner({ message, details }: { message: string; details?: string }) {
  return (
    <div role="alert" className="bg-red-700 px-6 py-2 text-sm text-white">
      <p>{message}</p>
      {details && <pre className="mt-1 max-h-60 overflow-auto text-xs">{details}</pre>}
    </div>
  )
}
