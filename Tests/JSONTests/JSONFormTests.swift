import JSON
import Testing

@Suite struct `A JSON form` {
    struct Refusal: Error, CustomStringConvertible { var description: String { "must be odd" } }

    func form(_ text: String) throws -> JSONForm { JSONForm(try JSONValue(parsing: text.utf8)) }

    func odd(_ number: Int) throws -> Int {
        guard number % 2 == 1 else { throw Refusal() }
        return number
    }

    @Test func `gives what is there`() throws {
        var form = try form(#"{"title":"x","count":3,"ratio":2,"tags":["a"],"none":null,"child":{"k":true}}"#)
        let title: String? = form.required("title")
        let count = form.required("count", odd)
        let ratio = form.nullable("ratio", as: Double.self)
        let tags: [String]? = form.nullable("tags")
        let none: String? = form.nullable("none")
        let missing: Int? = form.optional("missing")
        let child = form.object("child") { $0.required("k", as: Bool.self) }
        try form.conclude()
        #expect(title == "x" && count == 3)
        #expect(ratio == 2 && tags == ["a"] && none == nil && missing == nil && child == true)
    }

    @Test func `tells of every problem at once`() throws {
        var form = try form(
            #"{"title":5,"count":2,"none":null,"tags":["a",1],"typo":1,"files":[{"path":1},{"path":"a","x":0},7]}"#)
        let title: String? = form.required("title")
        let count = form.required("count", odd)
        let none: String? = form.required("none")
        let missing: Bool? = form.required("missing")
        let tags: [String]? = form.nullable("tags")
        let files = form.objects("files") { $0.required("path", as: String.self) }
        form.report("rule", Refusal())
        #expect(title == nil && count == nil && none == nil && missing == nil && tags == nil && files == [])
        let error = #expect(throws: JSONFormError.self) { try form.conclude() }
        #expect(
            error?.problems.map { "\($0.field): \($0.fault)" } == [
                "title: must be a string", "count: must be odd", "none: is required", "missing: is required",
                "tags: must be an array, each element a string", "files[0].path: must be a string",
                "files[1].x: is not known here", "files[2]: must be an object", "rule: must be odd",
                "typo: is not known here",
            ])
    }

    @Test func `lets a member be left out, or be null, as asked`() throws {
        var form = try form(#"{"title":null,"summary":null}"#)
        let title: String? = form.optional("title")
        let summary: String? = form.nullable("summary")
        let owner: String? = form.optional("owner")
        #expect(title == nil && summary == nil && owner == nil)
        #expect(form.has("summary") && !form.has("owner") && !form.isEmpty)
        let error = #expect(throws: JSONFormError.self) { try form.conclude() }
        #expect(error?.description == "title must be a string")
    }

    @Test func `stops counting problems in time`() throws {
        let members = (0..<1000).map { "\"m\($0)\":0" }.joined(separator: ",")
        var form = try form("{\(members)}")
        let error = #expect(throws: JSONFormError.self) { try form.conclude() }
        #expect(error?.problems.count == JSONForm.maximumProblems)
    }

    @Test(arguments: ["[]", "null", "\"text\"", "3"])
    func `wants an object`(text: String) throws {
        var form = try form(text)
        let error = #expect(throws: JSONFormError.self) { try form.conclude() }
        #expect(error?.description == "must be an object")
    }
}
