import Glibc

/// Compares header bytes where they lie, without making a String.
extension UnsafeRawBufferPointer {
    @inline(__always)
    func equals(_ lowercase: StaticString) -> Bool {
        count == lowercase.utf8CodeUnitCount && begins(lowercase)
    }

    @inline(__always)
    func begins(_ lowercase: StaticString) -> Bool {
        guard count >= lowercase.utf8CodeUnitCount else { return false }
        for index in 0..<lowercase.utf8CodeUnitCount
        where ASCII.lowercased(self[index]) != lowercase.utf8Start[index] {
            return false
        }
        return true
    }

    func equalsExactly(_ text: StaticString) -> Bool {
        count == text.utf8CodeUnitCount
            && (count == 0 || baseAddress.map { memcmp($0, text.utf8Start, count) == 0 } ?? false)
    }

    func equals(_ text: String) -> Bool {
        count == text.utf8.count && zip(self, text.utf8).allSatisfy { ASCII.lowercased($0) == ASCII.lowercased($1) }
    }

    func equalsExactly(_ other: UnsafeRawBufferPointer) -> Bool {
        guard count == other.count, let left = baseAddress, let right = other.baseAddress else {
            return count == other.count
        }
        return memcmp(left, right, count) == 0
    }

    var text: String { String(decoding: self, as: UTF8.self) }
}

func cLength(_ text: UnsafePointer<CChar>) -> Int { strlen(text) }
