import HTTPServer
public import Registry

extension RegistryError.Code {
    /// The HTTP status of the code. Exhaustive, so that a code without a status does not compile.
    public var status: Int {
        switch self {
        case .selectorInvalid, .queryInvalid, .formInvalid: 400
        case .unauthenticated, .credentialsInvalid: 401
        case .forbidden, .csrfFailed, .linkInvalid: 403
        case .modelUnknown, .versionUnknown, .variantUnknown, .artifactUnknown, .readmeUnknown, .aliasUnknown,
            .contextKeyUnknown, .serviceTypeUnknown, .userUnknown, .tokenUnknown, .namespaceUnknown,
            .memberUnknown, .uploadUnknown:
            404
        case .modelExists, .versionExists, .numberRetired, .versionPublished, .versionAliased, .stateConflict,
            .aliasReserved, .serviceTypeExists, .serviceTypeInUse, .userExists, .lastAdmin, .lastOwner,
            .setupDone, .storeBusy, .offsetMismatch, .tooManyUploads:
            409
        case .preconditionFailed: 412
        case .tooLarge: 413
        case .validationFailed, .digestMismatch, .archiveInvalid: 422
        case .uploadTaken: 423
        case .tooManyAttempts, .rateLimited: 429
        case .checksumMismatch: 460
        case .storeUnavailable, .searchTooSlow: 503
        case .storeFull: 507
        }
    }

    /// What the code means, in the two languages of the product.
    public var title: RegistryError.Message {
        switch self {
        case .validationFailed: .init(en: "The request breaks a rule", ko: "입력값이 규칙에 맞지 않습니다")
        case .selectorInvalid: .init(en: "Not a version selector", ko: "버전을 고르는 표현이 아닙니다")
        case .queryInvalid: .init(en: "Not a query", ko: "검색식이 아닙니다")
        case .unauthenticated: .init(en: "Sign in first", ko: "로그인이 필요합니다")
        case .credentialsInvalid: .init(en: "Wrong user name or password", ko: "사용자 이름 또는 비밀번호가 틀렸습니다")
        case .forbidden: .init(en: "Not allowed", ko: "권한이 없습니다")
        case .csrfFailed: .init(en: "The request did not come from the portal", ko: "포털에서 보낸 요청이 아닙니다")
        case .modelUnknown: .init(en: "No such model", ko: "모델을 찾을 수 없습니다")
        case .versionUnknown: .init(en: "No such version", ko: "버전을 찾을 수 없습니다")
        case .variantUnknown: .init(en: "No such variant", ko: "변형을 찾을 수 없습니다")
        case .artifactUnknown: .init(en: "No such artifact", ko: "파일을 찾을 수 없습니다")
        case .readmeUnknown: .init(en: "The version has no README", ko: "README가 없는 버전입니다")
        case .aliasUnknown: .init(en: "No such alias", ko: "별칭을 찾을 수 없습니다")
        case .contextKeyUnknown: .init(en: "No such context key", ko: "컨텍스트 키를 찾을 수 없습니다")
        case .serviceTypeUnknown: .init(en: "No such service type", ko: "서비스 타입을 찾을 수 없습니다")
        case .userUnknown: .init(en: "No such user", ko: "사용자를 찾을 수 없습니다")
        case .tokenUnknown: .init(en: "No such token", ko: "토큰을 찾을 수 없습니다")
        case .namespaceUnknown: .init(en: "No such namespace", ko: "네임스페이스를 찾을 수 없습니다")
        case .memberUnknown: .init(en: "No such member", ko: "구성원을 찾을 수 없습니다")
        case .uploadUnknown: .init(en: "No such upload", ko: "업로드를 찾을 수 없습니다")
        case .modelExists: .init(en: "The model exists already", ko: "이미 있는 모델입니다")
        case .versionExists: .init(en: "The version exists with other content", ko: "내용이 다른 같은 버전이 이미 있습니다")
        case .numberRetired: .init(en: "The number was used before", ko: "이미 쓰였던 버전 번호입니다")
        case .versionPublished: .init(en: "Published versions stay", ko: "등록된 버전은 지울 수 없습니다")
        case .versionAliased: .init(en: "Aliases name the version", ko: "별칭이 가리키는 버전입니다")
        case .stateConflict: .init(en: "Not possible in this state", ko: "현재 상태에서는 할 수 없습니다")
        case .aliasReserved: .init(en: "The server keeps this alias", ko: "서버가 관리하는 별칭입니다")
        case .serviceTypeExists: .init(en: "The service type exists already", ko: "이미 있는 서비스 타입입니다")
        case .serviceTypeInUse: .init(en: "The service type is in use", ko: "사용 중인 서비스 타입입니다")
        case .userExists: .init(en: "The user exists already", ko: "이미 있는 사용자입니다")
        case .lastAdmin: .init(en: "The last administrator stays", ko: "마지막 관리자는 없앨 수 없습니다")
        case .lastOwner: .init(en: "The last owner stays", ko: "마지막 소유자는 없앨 수 없습니다")
        case .setupDone: .init(en: "The server is set up already", ko: "이미 설정이 끝난 서버입니다")
        case .offsetMismatch: .init(en: "Not where the upload is", ko: "업로드가 이어질 위치가 아닙니다")
        case .tooManyUploads: .init(en: "Too many unfinished uploads", ko: "끝나지 않은 업로드가 너무 많습니다")
        case .linkInvalid: .init(en: "The link is used up or expired", ko: "이미 쓰였거나 만료된 링크입니다")
        case .digestMismatch: .init(en: "The bytes have another digest", ko: "내용의 다이제스트가 다릅니다")
        case .archiveInvalid: .init(en: "The archive cannot be taken", ko: "받을 수 없는 압축 파일입니다")
        case .formInvalid: .init(en: "The body cannot be read", ko: "본문을 읽을 수 없습니다")
        case .preconditionFailed: .init(en: "It has changed since it was read", ko: "읽은 뒤에 바뀌었습니다")
        case .tooLarge: .init(en: "Too large", ko: "너무 큽니다")
        case .uploadTaken: .init(en: "Another request goes on with the upload", ko: "다른 요청이 업로드를 이어받았습니다")
        case .checksumMismatch: .init(en: "The bytes have another checksum", ko: "내용의 체크섬이 다릅니다")
        case .tooManyAttempts: .init(en: "Too many attempts", ko: "시도가 너무 많습니다")
        case .rateLimited: .init(en: "Too many requests", ko: "요청이 너무 많습니다")
        case .storeBusy: .init(en: "The store is being backed up or collected", ko: "저장소를 백업하거나 정리하는 중입니다")
        case .storeFull: .init(en: "The store is full", ko: "저장 공간이 가득 찼습니다")
        case .storeUnavailable: .init(en: "The store cannot be used now", ko: "지금은 저장소를 쓸 수 없습니다")
        case .searchTooSlow: .init(en: "The search took too long", ko: "검색이 너무 오래 걸렸습니다")
        }
    }

    /// Header fields that the status calls for (RFC 9110 §11.6.1, §10.2.3).
    var fields: Fields {
        switch self {
        case .unauthenticated: ["WWW-Authenticate": "Bearer realm=\"moru\""]
        case .storeUnavailable, .searchTooSlow: ["Retry-After": "5"]
        default: [:]
        }
    }
}
