import HTTPServer
public import Registry

/// The problem codes that are about HTTP itself rather than about models.
public enum HTTPCode: String, Sendable, CaseIterable {
    case badRequest = "bad-request"
    case notFound = "not-found"
    case methodNotAllowed = "method-not-allowed"
    case lengthRequired = "length-required"
    case preconditionFailed = "precondition-failed"
    case contentTooLarge = "content-too-large"
    case uriTooLong = "uri-too-long"
    case unsupportedMediaType = "unsupported-media-type"
    case rangeNotSatisfiable = "range-not-satisfiable"
    case expectationFailed = "expectation-failed"
    case misdirectedRequest = "misdirected-request"
    case headerFieldsTooLarge = "header-fields-too-large"
    case `internal`
    case methodNotImplemented = "method-not-implemented"
    case unavailable
    case versionNotSupported = "http-version-not-supported"

    /// The status code (RFC 9110 §15).
    public var status: Int {
        switch self {
        case .badRequest: 400
        case .notFound: 404
        case .methodNotAllowed: 405
        case .lengthRequired: 411
        case .preconditionFailed: 412
        case .contentTooLarge: 413
        case .uriTooLong: 414
        case .unsupportedMediaType: 415
        case .rangeNotSatisfiable: 416
        case .expectationFailed: 417
        case .misdirectedRequest: 421
        case .headerFieldsTooLarge: 431
        case .internal: 500
        case .methodNotImplemented: 501
        case .unavailable: 503
        case .versionNotSupported: 505
        }
    }

    /// What the code means, in the two languages of the product.
    public var title: RegistryError.Message {
        switch self {
        case .badRequest: .init(en: "The request cannot be understood", ko: "요청을 이해할 수 없습니다")
        case .notFound: .init(en: "Nothing is here", ko: "이 주소에는 아무것도 없습니다")
        case .methodNotAllowed: .init(en: "Not with this method", ko: "이 메서드로는 쓸 수 없는 주소입니다")
        case .lengthRequired: .init(en: "A length is needed", ko: "본문의 길이가 필요합니다")
        case .preconditionFailed: .init(en: "It has changed since it was read", ko: "읽은 뒤에 바뀌었습니다")
        case .contentTooLarge: .init(en: "The body is too large", ko: "본문이 너무 큽니다")
        case .uriTooLong: .init(en: "The address is too long", ko: "주소가 너무 깁니다")
        case .unsupportedMediaType: .init(en: "Not with this media type", ko: "받을 수 없는 미디어 타입입니다")
        case .rangeNotSatisfiable: .init(en: "The range lies outside", ko: "범위가 내용을 벗어납니다")
        case .expectationFailed: .init(en: "The expectation cannot be met", ko: "요구한 조건을 지킬 수 없습니다")
        case .misdirectedRequest: .init(en: "Not the right server", ko: "이 서버가 답할 호스트가 아닙니다")
        case .headerFieldsTooLarge: .init(en: "The header is too large", ko: "헤더가 너무 큽니다")
        case .internal: .init(en: "The server failed", ko: "서버 오류입니다")
        case .methodNotImplemented: .init(en: "An unknown method", ko: "알 수 없는 메서드입니다")
        case .unavailable: .init(en: "The server is busy", ko: "서버가 바쁩니다")
        case .versionNotSupported: .init(en: "Not this version of HTTP", ko: "지원하지 않는 HTTP 버전입니다")
        }
    }

    /// The detail in Korean, where the title alone would leave the reader without help.
    var koreanDetail: String? {
        switch self {
        case .internal: "서버 로그에서 이 요청 번호를 찾으면 자세한 내용이 있습니다."
        case .unavailable: "잠시 뒤에 다시 시도하세요."
        default: nil
        }
    }
}
