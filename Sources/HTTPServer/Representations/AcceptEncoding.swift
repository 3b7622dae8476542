/// Content negotiation of codings (RFC 9110 §12.5.3); gzip is the one that is offered.
package enum AcceptEncoding {
    /// Whether gzip, or `*`, is listed with a weight above zero.
    package static func allowsGzip(_ value: some Collection<UInt8>) -> Bool {
        var named: Bool?
        var wildcard = false
        for element in Array(value).split(separator: 0x2C) {
            let parts = element.split(separator: 0x3B)
            guard let coding = parts.first.map({ trimmed($0) }) else { continue }
            let isAllowed = !parts.dropFirst().contains { isZeroWeight(trimmed($0)) }
            if coding.elementsEqual("gzip".utf8, by: sameLetter) || coding.elementsEqual("x-gzip".utf8, by: sameLetter)
            {
                named = isAllowed
            } else if coding.elementsEqual("*".utf8) {
                wildcard = isAllowed
            }
        }
        return named ?? wildcard
    }

    private static func sameLetter(_ left: UInt8, _ right: UInt8) -> Bool { ASCII.lowercased(left) == right }

    private static func isZeroWeight(_ parameter: some Collection<UInt8>) -> Bool {
        let digits = parameter.dropFirst(2)
        return parameter.prefix(2).elementsEqual("q=".utf8, by: sameLetter) && !digits.isEmpty
            && digits.allSatisfy { $0 == 0x30 || $0 == 0x2E }
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var bytes = bytes
        while let first = bytes.first, first == 0x20 || first == 0x09 { bytes.removeFirst() }
        while let last = bytes.last, last == 0x20 || last == 0x09 { bytes.removeLast() }
        return bytes
    }
}
