/// ustar entries, preceded by a pax header where ustar cannot say it (POSIX.1-2017, pax, "ustar Interchange Format").
struct TarFormat: ArchiveFormat {
    let needsChecksum = false
    private let modifiedAt: Int64
    private var size: Int64 = 0

    static let block = 512
    private static let nameLength = 100
    /// What eleven octal digits hold.
    private static let maximumNumber: Int64 = 0o777_7777_7777

    init(modifiedAt: Int64) {
        self.modifiedAt = min(max(modifiedAt, 0), Self.maximumNumber)
    }

    mutating func header(of member: ArchiveMember, at offset: Int64) throws(ArchiveError) -> [UInt8] {
        size = member.size
        let name = [UInt8](member.path.utf8)
        guard name.count <= Int(UInt16.max) else { throw .unwritable(entry: member.path) }
        var records: [UInt8] = []
        if name.count > Self.nameLength || !name.allSatisfy({ $0 < 0x80 }) {
            records += Self.record("path", name)
        }
        if size > Self.maximumNumber { records += Self.record("size", Array("\(size)".utf8)) }
        var bytes: [UInt8] = []
        if !records.isEmpty {
            bytes += header(name: Array("PaxHeader".utf8), size: Int64(records.count), type: UInt8(ascii: "x"))
            bytes += records + Self.padding(after: Int64(records.count))
        }
        return bytes + header(name: name, size: min(size, Self.maximumNumber), type: UInt8(ascii: "0"))
    }

    mutating func trailer(crc: UInt32) -> [UInt8] {
        Self.padding(after: size)
    }

    func end(at offset: Int64) -> [UInt8] {
        [UInt8](repeating: 0, count: 2 * Self.block)
    }

    private func header(name: [UInt8], size: Int64, type: UInt8) -> [UInt8] {
        var block = [UInt8](repeating: 0, count: Self.block)
        func put(_ bytes: some Collection<UInt8>, at offset: Int) {
            block.replaceSubrange(offset..<offset + bytes.count, with: bytes)
        }
        put(name.prefix(Self.nameLength), at: 0)
        put("0000644".utf8, at: 100)
        put("0000000".utf8, at: 108)
        put("0000000".utf8, at: 116)
        put(Self.octal(size, digits: 11), at: 124)
        put(Self.octal(modifiedAt, digits: 11), at: 136)
        put("        ".utf8, at: 148)
        block[156] = type
        put("ustar\u{0}00".utf8, at: 257)
        put("0000000".utf8, at: 329)
        put("0000000".utf8, at: 337)
        let sum = block.reduce(0) { $0 + Int64($1) }
        put(Self.octal(sum, digits: 6) + [0], at: 148)
        return block
    }

    /// `LENGTH KEY=VALUE\n`, where LENGTH counts its own digits too.
    private static func record(_ key: String, _ value: [UInt8]) -> [UInt8] {
        let rest = Array(" \(key)=".utf8) + value + Array("\n".utf8)
        var length = rest.count + 1
        while length != rest.count + "\(length)".utf8.count {
            length = rest.count + "\(length)".utf8.count
        }
        return Array("\(length)".utf8) + rest
    }

    private static func octal(_ value: Int64, digits: Int) -> [UInt8] {
        let text = Array(String(value, radix: 8).utf8)
        return [UInt8](repeating: UInt8(ascii: "0"), count: max(0, digits - text.count)) + text
    }

    static func padding(after size: Int64) -> [UInt8] {
        let used = Int(size % Int64(block))
        return [UInt8](repeating: 0, count: used == 0 ? 0 : block - used)
    }
}
