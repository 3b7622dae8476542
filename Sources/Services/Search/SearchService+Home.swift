public import Registry
import SQLite
import Search
import Storage

extension SearchService {
    /// The first page: each service type that has models with its `limit` most downloaded ones, the menu, and what
    /// happened of late.
    public func home(limit: Int, for caller: Caller) throws -> Home {
        try read(for: caller) { db, reading in
            var lists: [(type: ServiceType, count: Int, models: [ID<Model>])] = []
            let types = try ServiceTypeStore.all(in: db)
            for type in types {
                let tags = try reading.index.tags(key: "service", values: [type.id], for: reading.readers)
                let found = try reading.found(.tags(tags), order: .unordered)
                guard found.total > 0, let models = found.models else { continue }
                let page = try SearchStore.listed(models, by: .downloads, limit: limit, in: db)
                lists.append((type, found.total, page.places.map { ID($0.id) }))
            }
            let now = transactions.clock.now
            let all = try ModelSummaryStore.summaries(of: Array(Set(lists.flatMap(\.models))), now: now, in: db)
            let summaries = Dictionary(all.map { ($0.model.id, $0) }) { first, _ in first }
            let counts = Dictionary(lists.map { ($0.type.id, $0.count) }) { first, _ in first }
            let everything = try reading.found(.everything, order: .unordered)
            let activity = try RecentActivityStore.activity(
                of: everything.models ?? ModelSet(), days: Home.Activity.days, now: now, in: db)
            return Home(
                sections: lists.map { list in
                    HomeSection(
                        serviceType: list.type, count: list.count, items: list.models.compactMap { summaries[$0] })
                },
                serviceTypes: types.map { CountedServiceType(type: $0, count: counts[$0.id] ?? 0) },
                total: everything.total,
                activity: .init(
                    downloads: activity.downloads, versions: activity.versions, isMore: activity.isMore))
        }
    }

    /// The menu alone, for a page that begins with a search that finds nothing.
    public func menu(for caller: Caller) throws -> Menu {
        try read(for: caller) { db, reading in try menu(reading, in: db) }
    }

    func menu(_ reading: SearchReading, in db: borrowing Connection) throws -> Menu {
        let types = try ServiceTypeStore.all(in: db).map { type in
            let tags = try reading.index.tags(key: "service", values: [type.id], for: reading.readers)
            return CountedServiceType(type: type, count: try reading.count(having: tags))
        }
        return Menu(serviceTypes: types, total: try reading.found(.everything, order: .unordered).total)
    }
}
