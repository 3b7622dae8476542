import Glibc

/// Memory straight from the system, in pages of 2 MB where it has them: a search goes through megabytes of bits, and looking
/// up where each 4 KB of these are would take as long. It goes back to the system as soon as it is not needed.
enum LargePages {
    /// Less than this is better taken from the heap.
    static let least = 8 << 20

    private static let size = 2 << 20

    /// Zeroed memory for `length` bytes; nil when there is none.
    static func take(_ length: Int) -> UnsafeMutableRawPointer? {
        let wanted = rounded(length)
        // One more, so that a page can begin at its own place; what is before and behind goes back at once.
        guard let found = mmap(nil, wanted + size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
            found != MAP_FAILED
        else { return nil }
        let before = -Int(bitPattern: found) & (size - 1)
        let base = found + before
        if before > 0 { munmap(found, before) }
        munmap(base + wanted, size - before)
        // Advice: where the system has no such pages, all is as it was (madvise(2)).
        _ = madvise(base, wanted, MADV_HUGEPAGE)
        return base
    }

    /// Gives back what ``take(_:)`` gave for `length` bytes.
    static func give(_ base: UnsafeMutableRawPointer, _ length: Int) { munmap(base, rounded(length)) }

    /// In whole pages.
    static func rounded(_ length: Int) -> Int { (length + size - 1) & -size }
}
