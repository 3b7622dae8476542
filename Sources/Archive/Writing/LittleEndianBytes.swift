extension [UInt8] {
    /// Appends integers least significant byte first, as zip has them.
    mutating func append<Integer: FixedWidthInteger>(littleEndian values: Integer...) {
        for value in values {
            Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
        }
    }
}
