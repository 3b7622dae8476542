import Registry
import Search
import TestSupport
import Testing

@Suite struct `What was understood` {
    @Test(arguments: [
        ("face object:", ["face", "object!"]),
        ("faces (face", ["faces", "face!"]),
        ("face |", ["face!"]),
        ("face \"", ["face!"]),
        ("sort:new", ["sort:new"]),
        ("sort:price face", ["sort:price!", "face"]), ("size<5parsec", ["size<5parsec!"]),
        ("face sort:new sort:size", ["face", "sort:size!"]),
        ("license sort:new plate", ["license", "sort:new", "plate"]),
        ("under sort:new 5MB", ["under sort:new 5MB"]),
        ("(face OR task:dogs)", ["(face OR task:dogs)!"]),
        ("(face task:face-detection)", ["(face task:face-detection)"]),
    ])
    func `says where the problems are`(text: String, items: [String]) throws {
        let planned = try plan(text)
        let shown = planned.understood.map { $0.text + ($0.problem == nil ? "" : "!") }
        #expect(shown == items)
        for item in planned.understood { #expect(cut(item.range, of: text) == item.text) }
    }

    @Test func `says first what could not be read`() throws {
        let cut = try plan("fps>4" + String(repeating: " ", count: 600) + "face").understood
        #expect(cut.map { $0.problem?.en.contains("512") } == [true])
        #expect(try plan("(fps>4").understood.map { $0.problem?.en.contains("bracket") } == [true])
        #expect(try plan("fps>4").understood.map { $0.problem?.en } == ["no model tells its fps"])
    }

    @Test(arguments: [
        "!!!", "-!!!", "-(!! ?)", "!! OR ??", "-", "()", "(", "\"!!\"", "-\"!!\"", "(\"!!\" \"?\")", "\"!!\" \"?\"",
    ]) func `of signs alone is nothing`(
        text: String
    ) throws {
        let planned = try plan(text)
        #expect([.everything, .all([])].contains(planned.plan.condition))
        #expect(planned.plan.units.isEmpty)
    }

    private func plan(_ text: String) throws -> PlannedQuery {
        let index = try MemoryIndex.holding([("acme/faces", ["task:face-detection", "size:500"], "Finds faces.")])
        return try Planner(vocabulary: .standard, index: index, readers: .anonymous).plan(parsed(text), of: text)
    }
}
