import Glibc

/// libarchive converts names through the thread's locale, and in the C locale Korean names fail.
///
/// `uselocale` changes only the calling thread, so nothing has to be set up for the process.
func withUTF8Locale<Result>(_ body: () throws -> Result) throws -> Result {
    guard let locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", nil) else {
        throw ArchiveError.unreadable(path: "C.UTF-8", errno: errno)
    }
    let previous = uselocale(locale)
    defer {
        uselocale(previous)
        freelocale(locale)
    }
    return try body()
}
