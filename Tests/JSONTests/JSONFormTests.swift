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
        let ratio = form.optional("ratio", as: Double.self)
        let tags: [String]? = form.optional("tags")
        let none: String? = form.optional("none")
        let missing: Int? = form.optional("missing")
        let child = form.object("child") { $0.required("k", as: Bool.self) }
        let checked = try form.finish(title, count)
        #expect(checked == ("x", 3))
        #expect(ratio == 2 && tags == ["a"] && none == nil && missing == nil && child == true)
    }

    @Test func `tells of every problem at once`() throws {
        var form = try form(
            #"{"title":5,"count":2,"none":null,"tags":["a",1],"typo":1,"files":[{"path":1},{"path":"a","x":0},7]}"#)
        let title: String? = form.required("title")
        let count = form.required("count", odd)
        let none: String? = form.required("none")
        let missing: Bool? = form.required("missing")
        let tags: [String]? = form.optional("tags")
        let files = form.objects("files") { $0.required("path", as: String.self) }
        form.report("rule", "is broken")
        #expect(title == nil && count == nil && none == nil && missing == nil && tags == nil && files == [])
        let error = #expect(throws: JSONFormError.self) { try form.finish() }
        #expect(
            error?.problems.map { "\($0.field): \($0.detail)" } == [
                "title: must be a string", "count: must be odd", "none: is required", "missing: is required",
                "tags: must be an array, each element a string", "files[0].path: must be a string",
                "files[1].x: is not known here", "files[2]: must be an object", "rule: is broken",
                "typo: is not known here",
            ])
    }

    @Test func `tells a patch's null from its silence`() throws {
        var form = try form(#"{"title":"new","summary":null,"bad":1}"#)
        let title = form.change("title", as: String.self)
        let summary = form.change("summary", as: String.self)
        let owner = form.change("owner", as: String.self)
        let bad = form.change("bad", as: String.self)
        #expect(title == .set("new") && summary == .remove && owner == .keep && bad == .keep)
        #expect([title, summary, owner].map { $0.applied(to: "old") } == ["new", nil, "old"])
        #expect(form.has("summary") && !form.has("owner"))
        #expect(throws: JSONFormError.self) { try form.finish() }
    }

    @Test(arguments: ["[]", "null", "\"text\"", "3"])
    func `wants an object`(text: String) throws {
        var form = try form(text)
        let error = #expect(throws: JSONFormError.self) { try form.finish() }
        #expect(error?.description == "must be an object")
    }
}
