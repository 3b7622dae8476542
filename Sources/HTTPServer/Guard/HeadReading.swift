import CMicroHTTPD

/// One pass of the guard over the header fields.
struct HeadReading {
    var head = Head()
    let allowedHosts: [String]
}

/// A copy of the header fields, for a handler.
struct FieldsReading {
    var fields = Fields()
}

func engineField(
    _ context: UnsafeMutableRawPointer?, _: MHD_ValueKind, _ name: UnsafePointer<CChar>?, _ nameSize: Int,
    _ value: UnsafePointer<CChar>?, _ valueSize: Int
) -> MHD_Result {
    guard let context else { return .NO }
    let reading = context.assumingMemoryBound(to: HeadReading.self)
    reading.pointee.head.note(
        UnsafeRawBufferPointer(start: name, count: nameSize),
        UnsafeRawBufferPointer(start: value, count: value == nil ? 0 : valueSize),
        allowedHosts: reading.pointee.allowedHosts)
    return reading.pointee.head.fault == nil ? .YES : .NO
}

func engineCopyField(
    _ context: UnsafeMutableRawPointer?, _: MHD_ValueKind, _ name: UnsafePointer<CChar>?, _ nameSize: Int,
    _ value: UnsafePointer<CChar>?, _ valueSize: Int
) -> MHD_Result {
    guard let context else { return .NO }
    context.assumingMemoryBound(to: FieldsReading.self).pointee.fields.append(
        UnsafeRawBufferPointer(start: name, count: nameSize).text,
        UnsafeRawBufferPointer(start: value, count: value == nil ? 0 : valueSize).text)
    return .YES
}

/// The method of a request line, without making a String.
struct KnownMethod {
    let method: Method?
    let name: StaticString
    /// Known, and allowed nowhere: 405 rather than 501 (RFC 9110 §15.6.2).
    private(set) var isForbidden = false

    init(_ raw: UnsafeRawBufferPointer) {
        if raw.equalsExactly("GET") {
            (method, name) = (.get, "GET")
        } else if raw.equalsExactly("HEAD") {
            (method, name) = (.head, "HEAD")
        } else if raw.equalsExactly("POST") {
            (method, name) = (.post, "POST")
        } else if raw.equalsExactly("PUT") {
            (method, name) = (.put, "PUT")
        } else if raw.equalsExactly("PATCH") {
            (method, name) = (.patch, "PATCH")
        } else if raw.equalsExactly("DELETE") {
            (method, name) = (.delete, "DELETE")
        } else if raw.equalsExactly("OPTIONS") {
            (method, name) = (.options, "OPTIONS")
        } else if raw.equalsExactly("TRACE") || raw.equalsExactly("CONNECT") || raw.equalsExactly("QUERY") {
            (method, name) = (nil, "-")
            isForbidden = true
        } else {
            (method, name) = (nil, "-")
        }
    }
}
