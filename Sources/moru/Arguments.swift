public import ArgumentParser
public import Registry

extension Role: ExpressibleByArgument {}
extension Scope: ExpressibleByArgument {}
extension NamespaceRole: ExpressibleByArgument {}

extension ModelPattern: ExpressibleByArgument {
    public init?(argument: String) {
        guard let pattern = try? ModelPattern(argument) else { return nil }
        self = pattern
    }
}

/// Values written in one argument, with commas between them.
struct CommaList<Element: ExpressibleByArgument & Sendable>: ExpressibleByArgument, ExpressibleByArrayLiteral, Sendable
{
    let values: [Element]

    init(arrayLiteral elements: Element...) { values = elements }

    /// nil when one of the values is none of its type.
    init?(argument: String) {
        var values: [Element] = []
        for text in argument.split(separator: ",") {
            guard let value = Element(argument: String(text)) else { return nil }
            values.append(value)
        }
        self.values = values
    }

    var defaultValueDescription: String { values.map(\.defaultValueDescription).joined(separator: ",") }
}
