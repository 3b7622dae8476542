import CMicroHTTPD
import Glibc

/// Prebuilt responses of one event loop, found without allocation and without a lock.
///
/// Two places a hash; of two that collide the older goes. Bounded in entries and in bytes.
final class ResponseCache {
    struct Key {
        let target: UnsafeRawBufferPointer
        let authorization: UnsafeRawBufferPointer
        let acceptsGzip: Bool

        fileprivate var hash: UInt64 {
            var hash: UInt64 = acceptsGzip ? 0x51_7C_C1_B7_27_22_0A_95 : 0x2545_F491_4F6C_DD1D
            hash = Self.mix(target, hash)
            return Self.mix(authorization, hash ^ UInt64(target.count))
        }

        private static func mix(_ bytes: UnsafeRawBufferPointer, _ seed: UInt64) -> UInt64 {
            var hash = seed
            var index = 0
            while index + 8 <= bytes.count {
                hash = (hash ^ bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)) &* 0x9E37_79B9_7F4A_7C15
                hash ^= hash >> 32
                index += 8
            }
            while index < bytes.count {
                hash = (hash ^ UInt64(bytes[index])) &* 0x0000_0100_0000_01B3
                index += 1
            }
            return hash ^ (hash >> 29)
        }
    }

    private var places: [CacheEntry?]
    private let mask: Int
    private let maximumBytes: Int
    private var bytes = 0
    private var hand = 0

    init(entries: Int, bytes: Int) {
        var size = 2
        while size < entries { size *= 2 }
        places = Array(repeating: nil, count: size)
        mask = size - 1
        maximumBytes = bytes
    }

    /// - Returns: the entry, whatever its age; the caller judges.
    func entry(for key: Key) -> CacheEntry? {
        let hash = key.hash
        let first = Int(truncatingIfNeeded: hash) & mask
        if let entry = places[first], entry.hash == hash, entry.matches(key) { return entry }
        if let entry = places[first ^ 1], entry.hash == hash, entry.matches(key) { return entry }
        return nil
    }

    func insert(_ representation: Representation, for key: Key, generation: UInt64, until: Int64) {
        let size: Int
        if case .bytes(let bytes) = representation.body { size = bytes.count } else { size = 0 }
        let cost = size + key.target.count + key.authorization.count + 512
        guard cost <= maximumBytes / 16,
            let entry = CacheEntry(
                representation, key: key, hash: key.hash, cost: cost, generation: generation, until: until)
        else { return }
        let first = Int(truncatingIfNeeded: entry.hash) & mask
        for place in [first, first ^ 1] {
            if let old = places[place], old.hash == entry.hash || old.generation != generation { remove(at: place) }
        }
        let place = places[first] == nil ? first : first ^ 1
        remove(at: place)
        while bytes + cost > maximumBytes {
            remove(at: hand)
            hand = (hand + 1) & mask
        }
        places[place] = entry
        bytes += cost
    }

    private func remove(at place: Int) {
        bytes -= places[place]?.cost ?? 0
        places[place] = nil
    }
}

/// One reusable answer: its representation, and the responses of libmicrohttpd for 200 and 304.
final class CacheEntry {
    let hash: UInt64
    let cost: Int
    let generation: UInt64
    let until: Int64
    let representation: Representation
    let length: Int64
    let isFile: Bool
    let full: PrebuiltResponse?
    let notModified: PrebuiltResponse?
    /// For clients that ``Head/isPlain`` is true of.
    let plainNotModified: PrebuiltResponse?
    let tag: [UInt8]
    private let key: UnsafeMutableRawBufferPointer
    private let targetCount: Int
    private let acceptsGzip: Bool

    init?(
        _ representation: Representation, key: ResponseCache.Key, hash: UInt64, cost: Int, generation: UInt64,
        until: Int64
    ) {
        self.hash = hash
        self.cost = cost
        self.generation = generation
        self.until = until
        self.representation = representation
        acceptsGzip = key.acceptsGzip
        length = representation.body.length ?? 0
        tag = representation.tag.map { Array($0.description.utf8) } ?? []
        var full: PrebuiltResponse?
        var isFile = false
        switch representation.body {
        case .none: full = PrebuiltResponse(.bytes([]), representation.fields)
        case .bytes(let bytes): full = PrebuiltResponse(.bytes(bytes), representation.fields)
        case .file: isFile = true
        case .stream: return nil
        }
        self.full = full
        self.isFile = isFile
        if representation.status == 200, !tag.isEmpty {
            notModified = PrebuiltResponse(.notModified(length: length), representation.notModifiedFields)
            plainNotModified = PrebuiltResponse(.notModified(length: nil), representation.notModifiedFields)
        } else {
            notModified = nil
            plainNotModified = nil
        }
        targetCount = key.target.count
        self.key = .allocate(byteCount: key.target.count + key.authorization.count, alignment: 8)
        self.key.copyBytes(from: key.target)
        UnsafeMutableRawBufferPointer(rebasing: self.key[targetCount...]).copyBytes(from: key.authorization)
    }

    deinit { key.deallocate() }

    func matches(_ other: ResponseCache.Key) -> Bool {
        targetCount == other.target.count && key.count - targetCount == other.authorization.count
            && acceptsGzip == other.acceptsGzip
            && UnsafeRawBufferPointer(rebasing: key[..<targetCount]).equalsExactly(other.target)
            && UnsafeRawBufferPointer(rebasing: key[targetCount...]).equalsExactly(other.authorization)
    }
}

/// A response that is sent many times, by the one thread that made it.
final class PrebuiltResponse {
    let raw: OpaquePointer
    /// Where libmicrohttpd keeps the value of X-Request-Id. It copies the head when a response is queued and the
    /// handler returns, on the same thread, so the value may be written anew for every request.
    private let idPlace: UnsafeMutableRawPointer

    init?(_ content: Outcome.Content, _ fields: Fields) {
        var fields = fields
        fields["X-Request-Id"] = "0000000000000000"
        guard let raw = RawResponse.plain(content) else { return nil }
        RawResponse.add(fields, to: raw)
        guard let place = MHD_get_response_header(raw, "X-Request-Id") else {
            MHD_destroy_response(raw)
            return nil
        }
        self.raw = raw
        idPlace = UnsafeMutableRawPointer(mutating: place)
    }

    deinit { MHD_destroy_response(raw) }

    func stamp(_ id: UInt64) { RequestID.write(id, to: idPlace) }
}
