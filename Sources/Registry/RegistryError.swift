/// Everything that can go wrong in the product's own words. No HTTP and no SQL here.
///
/// `code` is for machines, `message` for people in both languages of the product; `fields` says which inputs broke
/// which rule.
public struct RegistryError: Error, Sendable, Equatable {
    public let code: Code
    public let message: Message
    public let fields: [FieldProblem]

    /// An error with a sentence in each language, without a full stop, that may go into a list.
    public init(_ code: Code, _ english: String, ko korean: String, fields: [FieldProblem] = []) {
        self.code = code
        self.message = Message(en: english, ko: korean)
        self.fields = fields
    }

    /// One input that broke a rule.
    public struct FieldProblem: Sendable, Equatable {
        /// The name of the member, parameter or part in the request: `label.ko`.
        public let field: String
        public let message: Message
        /// Where in the input it is broken, the first character being 1; nil for the whole input.
        public let column: Int?

        /// A sentence in each language that goes on where the name of the input ends: `1 to 39 characters`.
        public init(_ field: String, _ english: String, ko korean: String, column: Int? = nil) {
            self.field = field
            self.message = Message(en: english, ko: korean)
            self.column = column
        }
    }

    /// A sentence in the two languages of the product.
    public struct Message: Sendable, Equatable {
        /// In English.
        public let en: String
        /// In Korean.
        public let ko: String

        public init(en: String, ko: String) {
            (self.en, self.ko) = (en, ko)
        }
    }

    /// The machine-readable kinds of failure; `Documentation/api-errors.md` lists each with its meaning.
    public enum Code: String, Sendable, CaseIterable {
        case validationFailed = "validation-failed"
        case selectorInvalid = "selector-invalid"
        case queryInvalid = "query-invalid"
        case unauthenticated
        case credentialsInvalid = "credentials-invalid"
        case forbidden
        case csrfFailed = "csrf-failed"
        case modelUnknown = "model-unknown"
        case versionUnknown = "version-unknown"
        case variantUnknown = "variant-unknown"
        case artifactUnknown = "artifact-unknown"
        case readmeUnknown = "readme-unknown"
        case aliasUnknown = "alias-unknown"
        case contextKeyUnknown = "context-key-unknown"
        case serviceTypeUnknown = "service-type-unknown"
        case userUnknown = "user-unknown"
        case tokenUnknown = "token-unknown"
        case namespaceUnknown = "namespace-unknown"
        case memberUnknown = "member-unknown"
        case uploadUnknown = "upload-unknown"
        case modelExists = "model-exists"
        case versionExists = "version-exists"
        case numberRetired = "number-retired"
        case versionPublished = "version-published"
        case versionAliased = "version-aliased"
        case stateConflict = "state-conflict"
        case aliasReserved = "alias-reserved"
        case serviceTypeExists = "service-type-exists"
        case serviceTypeInUse = "service-type-in-use"
        case userExists = "user-exists"
        case lastAdmin = "last-admin"
        case lastOwner = "last-owner"
        case setupDone = "setup-done"
        case offsetMismatch = "offset-mismatch"
        case tooManyUploads = "too-many-uploads"
        case linkInvalid = "link-invalid"
        case digestMismatch = "digest-mismatch"
        case archiveInvalid = "archive-invalid"
        case formInvalid = "form-invalid"
        case preconditionFailed = "precondition-failed"
        case tooLarge = "too-large"
        case uploadTaken = "upload-taken"
        case checksumMismatch = "checksum-mismatch"
        case tooManyAttempts = "too-many-attempts"
        case rateLimited = "rate-limited"
        case storeBusy = "store-busy"
        case storeFull = "store-full"
        case storeUnavailable = "store-unavailable"
        case searchTooSlow = "search-too-slow"
    }
}

extension RegistryError {
    /// One input broke a rule.
    public static func invalid(_ field: String, _ english: String, ko korean: String) -> RegistryError {
        RegistryError(
            .validationFailed, "\(field): \(english)", ko: "\(field): \(korean)",
            fields: [FieldProblem(field, english, ko: korean)])
    }

    /// Several inputs broke rules; the message names the first.
    public static func invalid(_ fields: [FieldProblem]) -> RegistryError {
        let first = fields.first
        return RegistryError(
            .validationFailed,
            first.map { "\($0.field): \($0.message.en)" } ?? "the request breaks a rule",
            ko: first.map { "\($0.field): \($0.message.ko)" } ?? "요청이 규칙에 맞지 않습니다",
            fields: fields)
    }
}
