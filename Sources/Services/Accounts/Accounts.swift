public import Registry

/// What is to change of a user; nil leaves it.
public struct UserPatch: Sendable {
    /// 1–100 characters; empty text makes it the user name.
    public var displayName: String?
    public var role: Role?
    /// `ko` or `en`.
    public var language: String?
    /// The new password in clear, by the rules of ``Password``.
    public var password: String?
    /// Whether the user is locked out.
    public var isDisabled: Bool?

    public init(
        displayName: String? = nil, role: Role? = nil, language: String? = nil, password: String? = nil,
        isDisabled: Bool? = nil
    ) {
        self.displayName = displayName
        self.role = role
        self.language = language
        self.password = password
        self.isDisabled = isDisabled
    }
}

/// Somebody who has just signed in.
public struct SignedIn: Sendable {
    public let user: User
    /// What each change by this session must send along.
    public let csrfToken: String
    /// The value of the session cookie; it is told only here.
    public let secret: String
}

extension RegistryError {
    static let notAllowed = RegistryError(.forbidden, "you may not do this", ko: "이 작업을 할 권한이 없습니다")

    static let signInFirst = RegistryError(.unauthenticated, "sign in first", ko: "로그인이 필요합니다")

    static func unknownUser(_ name: Username) -> RegistryError {
        RegistryError(.userUnknown, "there is no user \(name)", ko: "\(name) 사용자가 없습니다")
    }

    static let invalidLink = RegistryError(
        .linkInvalid, "the link is wrong, used up or expired", ko: "잘못되었거나 이미 쓰였거나 만료된 링크입니다")

    static let lastAdmin = RegistryError(
        .lastAdmin, "the last administrator stays an enabled administrator", ko: "마지막 관리자는 삭제, 강등, 비활성화할 수 없습니다")
}

extension Caller {
    /// The name under which events record what the caller does.
    var actor: String { user?.username.description ?? "system" }

    /// - Throws: `unauthenticated` or `forbidden`.
    func requireAdmin() throws(RegistryError) {
        guard user != nil else { throw .signInFirst }
        guard isAdmin else { throw .notAllowed }
    }

    /// Whoever changes an account or its tokens is its owner in person, or holds a token for all that the owner may do:
    /// a narrow token must not widen itself.
    func requireOwner() throws(RegistryError) -> User {
        guard let user else { throw .signInFirst }
        guard hasFullPower else { throw .notAllowed }
        return user
    }
}
