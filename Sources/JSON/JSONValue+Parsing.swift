extension JSONValue {
    /// Reads one JSON value (RFC 8259), strictly: UTF-8 without a byte order mark, no duplicate keys, no half
    /// surrogate pairs, nothing after the value.
    ///
    /// Integers that neither 64 bits nor a double hold exactly, and numbers beyond a double, are refused.
    ///
    /// - Parameters:
    ///   - bytes: The JSON; they are not kept.
    ///   - maximumDepth: How deep arrays and objects may nest.
    /// - Throws: What is wrong, with the offset of the first wrong byte.
    public init(parsing bytes: UnsafeRawBufferPointer, maximumDepth: Int = 64) throws(JSONError) {
        var parser = JSONParser(bytes: bytes, maximumDepth: maximumDepth)
        self = try parser.document()
    }

    /// Reads one JSON value out of any collection of bytes, such as `text.utf8`.
    ///
    /// - Throws: As ``init(parsing:maximumDepth:)`` of a buffer.
    public init(parsing bytes: some Collection<UInt8>, maximumDepth: Int = 64) throws(JSONError) {
        try self.init(parsing: Array(bytes), maximumDepth: maximumDepth)
    }

    /// Reads one JSON value out of `bytes`.
    ///
    /// - Throws: As ``init(parsing:maximumDepth:)`` of a buffer.
    public init(parsing bytes: [UInt8], maximumDepth: Int = 64) throws(JSONError) {
        self = try bytes.withUnsafeBufferPointer { (buffer) throws(JSONError) in
            try JSONValue(parsing: UnsafeRawBufferPointer(buffer), maximumDepth: maximumDepth)
        }
    }
}
