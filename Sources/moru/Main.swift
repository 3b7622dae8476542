import ArgumentParser

@main
struct Moru: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "moru",
        abstract: "An AI model repository for on-device AI."
    )
}
