/** What does not work, above everything else. */
export function ErrorBanner({ message }: { message: string }) {
  return (
    <p role="alert" className="bg-red-700 px-6 py-2 text-sm text-white">
      {message}
    </p>
  )
}
