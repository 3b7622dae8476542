import HTTPServer
import JSON
import Registry
import Search
import Services
import Storage

/// Lists of models, and search.
struct SearchRoutes: Sendable {
    let search: SearchService
    let vocabulary: VocabularyService
    let gate: Gate

    var routes: [Route] {
        [
            Route(.get, "/api/v1/models", "listModels", lane: .slow, list),
            Route(.get, "/api/v1/models/{ns}/{name}/related", "listRelatedModels", lane: .slow, related),
            Route(.get, "/api/v1/suggest", "suggest", lane: .slow, suggest),
        ]
    }

    @Sendable private func list(_ request: Request) throws -> Response {
        let visit = try gate.admit(request)
        let query = try query(request)
        let withMenu = try isMenuWanted(request.query["include"])
        if let group = request.query["group"] {
            guard group == "service" else {
                throw RegistryError.invalid("group", "only service", ko: "service만 쓸 수 있습니다")
            }
            return finish(try sections(request, visit), visit)
        }
        guard let query else {
            let menu = withMenu ? try search.menu(for: visit.caller) : nil
            return finish(
                .list(Page<Int>(items: [], total: 0, next: nil), of: request) {
                    $0.member("corrected", nil as String?)
                    $0.member(menu: menu)
                } _: { _, _ in
                }, visit)
        }
        let result = try search.search(query, withMenu: withMenu, for: visit.caller)
        let labels = try vocabulary.current()
        var response = Response.list(result.page, of: request) {
            $0.members(of: result)
            $0.member(menu: result.menu)
        } _: { json, hit in
            json.object { $0.members(of: hit, labels: labels) }
        }
        response.fields["Server-Timing"] = result.times.field
        response = finish(response, visit)
        // What SQL answers while there is no index lacks facets, and must not outlive that.
        if result.facets == nil { response.reuse = .none }
        return response
    }

    private func sections(_ request: Request, _ visit: Gate.Visit) throws -> Response {
        let (limit, _) = try request.page()
        let home = try search.home(limit: limit, for: visit.caller)
        let labels = try vocabulary.current()
        return .object { $0.members(of: home, labels: labels) }
    }

    /// nil when it asks for a context that no model can have.
    private func query(_ request: Request) throws -> SearchQuery? {
        let (limit, cursor) = try request.page()
        let facets =
            request.query["facets"]?.split(separator: ",", omittingEmptySubsequences: false).map(String.init) ?? []
        guard facets.count <= 16, facets.allSatisfy({ ContextTag.isKey($0) }) else {
            throw RegistryError.invalid("facets", "at most 16 context keys", ko: "컨텍스트 키 16개까지입니다")
        }
        let (sort, isStrict) = (try sort(request.query["sort"]), try isStrict(request.query["strict"]))
        guard let filters = try filters(request.query) else {
            // Its answer is one page.
            guard cursor == nil else { throw RegistryError.invalidCursor }
            return nil
        }
        return SearchQuery(
            text: request.query["q"] ?? "", tags: filters, sort: sort, facets: facets, limit: limit, cursor: cursor,
            isStrict: isStrict)
    }

    /// `tag=key:value` must all hold; of several `format`s, one.
    private func filters(_ query: QueryItems) throws -> [SearchQuery.TagFilter]? {
        let (tags, formats) = (
            query.all("tag"), query.all("format").flatMap { $0.split(separator: ",").map(String.init) }
        )
        guard tags.count <= 16, formats.count <= 16, tags.allSatisfy({ (1...256).contains($0.unicodeScalars.count) })
        else {
            throw RegistryError.invalid("tag", "at most 16, of 1 to 256 characters", ko: "16개까지이며 각각 1~256자입니다")
        }
        guard formats.allSatisfy({ ModelName.isPart($0) }), !query.names.contains("format") || !formats.isEmpty else {
            throw RegistryError.invalid("format", "a name such as onnx", ko: "onnx 같은 이름입니다")
        }
        let service = query["service"]
        guard service.map({ AliasName(parsing: $0) != nil }) ?? true else {
            throw RegistryError.invalid("service", "the id of a service type", ko: "서비스 타입의 ID입니다")
        }
        var filters = tags.compactMap { try? SearchQuery.TagFilter($0) }
        guard filters.count == tags.count else { return nil }
        if let service { filters.append(try .init(key: "service", values: [service])) }
        if !formats.isEmpty { filters.append(try .init(key: "format", values: formats)) }
        return filters
    }

    private func sort(_ text: String?) throws -> SearchSort? {
        guard let text else { return nil }
        guard let sort = SearchSort(text) else {
            throw RegistryError.invalid(
                "sort", "relevance, new, downloads, name, or a number such as size or -size",
                ko: "relevance, new, downloads, name이나 size, -size와 같은 숫자 키입니다")
        }
        return sort
    }

    private func isMenuWanted(_ text: String?) throws -> Bool {
        guard let text else { return false }
        guard text == "menu" else { throw RegistryError.invalid("include", "only menu", ko: "menu만 쓸 수 있습니다") }
        return true
    }

    private func isStrict(_ text: String?) throws -> Bool {
        guard let text else { return false }
        guard text == "1" || text == "0" else { throw RegistryError.invalid("strict", "0 or 1", ko: "0이나 1입니다") }
        return text == "1"
    }

    @Sendable private func related(_ request: Request) throws -> Response {
        let visit = try gate.admit(request)
        let (limit, _) = try request.page()
        let hits = try search.related(to: request.modelName(), limit: limit, for: visit.caller)
        let labels = try vocabulary.current()
        let response = Response.list(Page(items: hits, total: hits.count, next: nil), of: request) { json, hit in
            json.object { $0.members(of: hit, labels: labels) }
        }
        return finish(response, visit)
    }

    @Sendable private func suggest(_ request: Request) throws -> Response {
        let visit = try gate.admit(request)
        let (limit, _) = try request.page()
        guard let text = request.query["q"], (1...128).contains(text.unicodeScalars.count) else {
            throw RegistryError.invalid("q", "1 to 128 characters", ko: "1자부터 128자까지입니다")
        }
        let suggestions = try search.suggest(text, limit: limit, for: visit.caller)
        let response = Response.object { json in
            json.array("items") { json in
                for suggestion in suggestions.items { json.object { $0.members(of: suggestion) } }
            }
            json.member("corrected", suggestions.corrected)
        }
        return finish(response, visit)
    }

    /// Lists show download counts, which change without a generation, so they are kept for a minute at most.
    private func finish(_ response: Response, _ visit: Gate.Visit) -> Response {
        var response = response
        response.fields["Cache-Control"] = visit.caller.user == nil ? Caching.revalidated : Caching.ownRevalidated
        response.reuse = gate.atMostAMinute(visit.reuse)
        return response
    }
}
