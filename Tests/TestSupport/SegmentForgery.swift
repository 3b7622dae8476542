import Search

/// Makes files of segments whose contents were changed, and whose checksum says that they were not.
package enum SegmentForgery {
    /// Writes the checksum of a segment, which begins at a place and goes on to the end, as of what it holds now.
    package static func sign(_ bytes: inout [UInt8], from start: Int = 0) {
        // What the table says may be forged too.
        let header = 640
        let sum = bytes.withUnsafeBytes { all in
            func of(_ range: Range<Int>) -> UInt64 {
                SegmentChecksum.of(
                    UnsafeRawBufferPointer(rebasing: all[start + range.lowerBound..<start + range.upperBound]))
            }
            return (of(0..<24) &* 31 &+ of(32..<header)) &* 31 &+ of(header..<bytes.count - start)
        }
        for place in 0..<8 { bytes[start + 24 + place] = UInt8(truncatingIfNeeded: sum >> UInt64(place * 8)) }
    }
}
