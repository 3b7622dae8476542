import JSON
public import Registry
import SQLite
import Storage

extension ModelService {
    /// - Throws: `unauthenticated` or `forbidden`.
    public func requireAdmin(_ caller: Caller) throws { try caller.requireAdmin() }

    /// All service types in the order of the menu.
    ///
    /// - Throws: `store-unavailable` when the database cannot be read.
    public func serviceTypes(for caller: Caller) throws -> [CountedServiceType] {
        let counts = try search.serviceTypeCounts(for: caller)
        return try transactions.read { db in
            try ServiceTypeStore.all(in: db).map { CountedServiceType(type: $0, count: counts[$0.id] ?? 0) }
        }
    }

    /// - Throws: `service-type-exists`.
    public func createServiceType(_ type: ServiceType, by caller: Caller) throws {
        try caller.requireAdmin()
        try transactions.grow { db in
            guard try ServiceTypeStore.serviceType(type.id, in: db) == nil else {
                throw RegistryError(
                    .serviceTypeExists, "there is a service type \(type.id) already", ko: "\(type.id) 서비스 타입이 이미 있습니다")
            }
            try ServiceTypeStore.insert(type, in: db)
            try record("service-type.create", type.id, type.label, by: caller, in: db)
        }
    }

    /// Changes label and description; nil leaves them.
    ///
    /// - Throws: `service-type-unknown` or `validation-failed`.
    public func editServiceType(
        _ id: String, label: Label?, description: String?, by caller: Caller
    ) throws -> CountedServiceType {
        try caller.requireAdmin()
        let type = try transactions.grow { db in
            let old = try serviceType(id, in: db)
            let type = try ServiceType(id: id, label: label ?? old.label, description: description ?? old.description)
            try ServiceTypeStore.update(type, in: db)
            try record("service-type.edit", id, type.label, by: caller, in: db)
            return type
        }
        return CountedServiceType(type: type, count: try search.serviceTypeCounts(for: caller)[id] ?? 0)
    }

    /// - Throws: `service-type-unknown`, or `service-type-in-use` while any model has it.
    public func deleteServiceType(_ id: String, by caller: Caller) throws {
        try caller.requireAdmin()
        try transactions.write { db in
            _ = try serviceType(id, in: db)
            guard try !ServiceTypeStore.isUsed(id, in: db) else { throw try Self.inUse(id, in: db) }
            try ServiceTypeStore.delete(id, in: db)
            try record("service-type.delete", id, by: caller, in: db)
        }
    }

    /// Says which models have it: some by name, all by number. Those that have it as a context tag only are not counted.
    private static func inUse(_ id: String, in db: borrowing Connection) throws -> RegistryError {
        let (names, count) = try ServiceTypeStore.models(of: id, limit: 3, in: db)
        guard count > 0 else {
            return RegistryError(
                .serviceTypeInUse, "models have the context tag service:\(id)",
                ko: "컨텍스트 태그 service:\(id)을(를) 쓰는 모델이 있습니다")
        }
        let list = names.joined(separator: ", ") + (count > names.count ? ", …" : "")
        return RegistryError(
            .serviceTypeInUse, "\(count) model\(count == 1 ? " has" : "s have") the service type \(id): \(list)",
            ko: "모델 \(count)개가 \(id) 서비스 타입을 씁니다: \(list)")
    }

    private func serviceType(_ id: String, in db: borrowing Connection) throws -> ServiceType {
        guard let type = try ServiceTypeStore.serviceType(id, in: db) else {
            throw RegistryError(.serviceTypeUnknown, "there is no such service type", ko: "그런 서비스 타입이 없습니다")
        }
        return type
    }

    private func record(
        _ action: String, _ id: String, _ label: Label? = nil, by caller: Caller, in db: borrowing Connection
    ) throws {
        let detail: JSONObject = label.map { ["ko": .string($0.ko), "en": .string($0.en)] } ?? [:]
        try EventStore.append(action, id, by: caller.actor, detail: detail, at: transactions.clock.now, in: db)
    }
}
