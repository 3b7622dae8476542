/// Somebody who may sign in.
public struct User: Sendable, Hashable {
    public let id: ID<User>
    public let username: Username
    /// What people read; 1–100 characters.
    public let displayName: String
    public let role: Role
    /// `ko` or `en`.
    public let language: String
    /// Whether an admin has locked it: it can neither sign in nor use its tokens.
    public let isDisabled: Bool
    /// Unix seconds.
    public let createdAt: Int64
    /// Unix seconds, to the minute or so; nil when it has never signed in.
    public let lastSeenAt: Int64?
    /// Whether the user may sign in by password; one who was invited has none until the link is used.
    public let hasPassword: Bool

    public init(
        id: ID<User>, username: Username, displayName: String, role: Role, language: String, isDisabled: Bool,
        createdAt: Int64, lastSeenAt: Int64?, hasPassword: Bool = false
    ) {
        self.id = id
        self.username = username
        self.displayName = displayName
        self.role = role
        self.language = language
        self.isDisabled = isDisabled
        self.createdAt = createdAt
        self.lastSeenAt = lastSeenAt
        self.hasPassword = hasPassword
    }
}

/// The name that a user signs in with: `[a-z0-9]` then up to 38 of `[a-z0-9._-]`, ending in a letter or digit.
public struct Username: Hashable, Sendable, CustomStringConvertible {
    public let description: String

    /// - Throws: `validation-failed` when `text` breaks the rule above.
    public init(_ text: some StringProtocol) throws(RegistryError) {
        guard text.utf8.count <= 39, ModelName.isPart(text) else {
            throw .invalid(
                "username",
                "1 to 39 lower-case letters, digits, '-', '_' or '.', beginning and ending with a letter or digit",
                ko: "영문 소문자, 숫자, '-', '_', '.'로 된 1~39자이며 처음과 끝은 글자나 숫자입니다")
        }
        description = String(text)
    }
}

/// Rules for passwords (NIST SP 800-63B §5.1.1.2: length, no composition rules).
public enum Password {
    /// - Throws: `validation-failed` when `text` has fewer than 10 or more than 128 characters (Unicode code points), or
    ///   is the username.
    public static func check(_ text: String, username: Username? = nil, field: String = "password")
        throws(RegistryError)
    {
        guard (10...128).contains(text.unicodeScalars.count), !text.utf8.contains(0) else {
            throw .invalid(field, "10 to 128 characters", ko: "10자 이상 128자 이하입니다")
        }
        guard text.folded != username?.description else {
            throw .invalid(field, "may not be the username", ko: "사용자 이름과 같을 수 없습니다")
        }
    }
}
