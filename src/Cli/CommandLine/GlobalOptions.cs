namespace Argosy.Cli.CommandLine;

/// <summary>The options before the command: which engine, which configuration.</summary>
internal sealed record GlobalOptions
{
    /// <summary>The endpoint the user named; null takes the environment's, then the default.</summary>
    public string? Host { get; init; }

    /// <summary>The directory of config.json.</summary>
    public string? ConfigDirectory { get; init; }

    public bool Debug { get; init; }

    public string LogLevel { get; init; } = "info";

    public bool Tls { get; init; }

    public bool TlsVerify { get; init; }

    public string? TlsCaCertificate { get; init; }

    public string? TlsCertificate { get; init; }

    public string? TlsKey { get; init; }

    public bool WantsHelp { get; init; }

    public bool WantsVersion { get; init; }

    /// <summary>Reads options up to the first word that is none; returns how many words they took.</summary>
    public static (GlobalOptions Options, int Taken) Read(IReadOnlyList<string> words)
    {
        var options = new GlobalOptions();
        int next = 0;
        while (next < words.Count && words[next].Length > 1 && words[next][0] == '-')
            options = options.With(words, ref next);
        return (options, next);
    }

    private GlobalOptions With(IReadOnlyList<string> words, ref int next)
    {
        string word = words[next++];
        int equals = word.IndexOf('=', StringComparison.Ordinal);
        string name = equals < 0 ? word : word[..equals];
        string? inline = equals < 0 ? null : word[(equals + 1)..];
        switch (name)
        {
            case "-H" or "--host": return this with { Host = Value(words, ref next, name, inline) };
            case "--config": return this with { ConfigDirectory = Value(words, ref next, name, inline) };
            case "-l" or "--log-level": return this with { LogLevel = Level(Value(words, ref next, name, inline)) };
            case "-D" or "--debug": return this with { Debug = IsTrue(inline) };
            case "--tls": return this with { Tls = IsTrue(inline) };
            case "--tlsverify": return this with { TlsVerify = IsTrue(inline) };
            case "--tlscacert": return this with { TlsCaCertificate = Value(words, ref next, name, inline) };
            case "--tlscert": return this with { TlsCertificate = Value(words, ref next, name, inline) };
            case "--tlskey": return this with { TlsKey = Value(words, ref next, name, inline) };
            case "-h" or "--help": return this with { WantsHelp = true };
            case "-v" or "--version": return this with { WantsVersion = true };
            case "-c" or "--context":
                throw new CliException("contexts are not supported; name the engine with -H or ARGOSY_HOST", UsageException.WrongOption);
        }
        throw name.StartsWith("-H", StringComparison.Ordinal)
            ? new CliException($"write the host as a word of its own: -H {word[2..]}", UsageException.WrongOption)
            : new CliException($"unknown flag: {name}\n\nUsage:  argosy [OPTIONS] COMMAND\n\nRun 'argosy --help' for more information", UsageException.WrongOption);
    }

    private static string Value(IReadOnlyList<string> words, ref int next, string name, string? inline)
    {
        if (inline is not null)
            return inline;
        return next < words.Count ? words[next++] : throw new CliException($"flag needs an argument: {name}", UsageException.WrongOption);
    }

    private static bool IsTrue(string? inline) => inline is null or "true" or "1";

    private static string Level(string text) => text is "debug" or "info" or "warn" or "error" or "fatal"
        ? text
        : throw new CliException($"unable to parse logging level: {text}");
}
