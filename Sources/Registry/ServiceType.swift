/// A kind of service that models are for, such as crime prevention; the portal's side menu.
public struct ServiceType: Sendable, Hashable {
    /// `[a-z][a-z0-9-]{0,63}`; also the value of `service:` context tags.
    public let id: String
    public let label: Label
    public let description: String

    /// - Throws: `validation-failed` when the id, a label (1–100 characters) or the description (≤ 500) breaks its rule.
    public init(id: String, label: Label, description: String) throws(RegistryError) {
        guard AliasName(parsing: id) != nil else {
            throw .invalid(
                "id", "a lower-case letter, then up to 63 letters, digits or '-'",
                ko: "영문 소문자로 시작하고 소문자, 숫자, '-'를 63자까지 이어 씁니다")
        }
        self.id = id
        self.label = Label(
            ko: try PlainText.checked(label.ko, field: "label.ko", maximum: 100, required: true),
            en: try PlainText.checked(label.en, field: "label.en", maximum: 100, required: true))
        self.description = try PlainText.checked(description, field: "description", maximum: 500)
    }
}

/// A name in the two languages of the product.
public struct Label: Sendable, Hashable {
    /// In Korean; 1–100 characters.
    public let ko: String
    /// In English; 1–100 characters.
    public let en: String

    public init(ko: String, en: String) {
        (self.ko, self.en) = (ko, en)
    }
}
