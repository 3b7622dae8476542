import ArgumentParser

/// The options of `moru serve`, as they are written on the command line.
struct ServeOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Where everything is kept. (default: ./data)", valueName: "path"))
    var dataDir: String?

    @Option(
        help: ArgumentHelp(
            "Address and port; port 0 takes any free one. (default: 127.0.0.1:8080)", valueName: "host:port"))
    var listen: String?

    @Option(help: ArgumentHelp("The portal's files. (default: those that came with moru)", valueName: "path"))
    var publicDir: String?

    @Option(
        help: ArgumentHelp(
            "Words and context of your own, after those of vocabulary.txt in the data directory; repeatable.",
            valueName: "file"))
    var vocabulary: [String] = []

    @Option(help: ArgumentHelp("Create the user admin with this password when there are no users.", valueName: "file"))
    var adminPasswordFile: String?

    @Option(help: ArgumentHelp("How logs are written: text or json. (default: text)", valueName: "format"))
    var logFormat: String?

    @Option(
        help: ArgumentHelp(
            "Bytes that one request may upload, such as 500M (of 1024²). (default: 50G)", valueName: "size"))
    var maxUpload: String?

    @Option(help: ArgumentHelp("The address that users see, such as https://moru.example.", valueName: "url"))
    var publicUrl: String?

    @Option(
        help: ArgumentHelp("A network whose X-Forwarded-For and -Proto are believed; repeatable.", valueName: "cidr"))
    var trustedProxy: [String] = []

    @Option(
        help: ArgumentHelp(
            "Requests a second of one token, portal user or address, in bursts of ten times as many; 0 for any number."
                + " (default: 100)", valueName: "n"))
    var rateLimit: String?

    @Option(help: ArgumentHelp("Connections in all. (default: 4096)", valueName: "n"))
    var maxConnections: String?

    @Option(help: ArgumentHelp("Connections of one address. (default: 1024)", valueName: "n"))
    var maxConnectionsPerAddress: String?

    @Option(
        help: ArgumentHelp("Seconds of silence after which a connection is closed. (default: 30)", valueName: "seconds")
    )
    var idleTimeout: String?

    @Option(
        help: ArgumentHelp(
            "How long bytes that nothing names stay, such as 30m or 7d. (default: 24h)", valueName: "time"))
    var gcGrace: String?

    @Option(
        help: ArgumentHelp(
            "How often bytes that nothing names are removed; 0 for never. (default: 1h)", valueName: "time"))
    var gcInterval: String?
}
