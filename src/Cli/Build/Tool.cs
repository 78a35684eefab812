using System.Collections;
using System.Globalization;
using System.Net.Sockets;
using Argosy.Linux.Processes;

namespace Argosy.Cli.Build;

/// <summary>Programs of this machine that a build makes use of.</summary>
internal static class Tool
{
    /// <summary>Where a program is; null when it is not in the PATH.</summary>
    public static string? Find(string name) => (global::System.Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(':', StringSplitOptions.RemoveEmptyEntries).Select(directory => Path.Combine(directory, name)).FirstOrDefault(File.Exists);

    /// <summary>This program's own variables.</summary>
    public static IReadOnlyList<string> Environment() =>
        [.. global::System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Key}={entry.Value}"))];

    /// <summary>Runs one with nothing on its standard input.</summary>
    /// <returns>Its exit code, and what it has printed on both outputs.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(string program, IReadOnlyList<string> arguments, IReadOnlyList<string> variables, CancellationToken cancellationToken)
    {
        string[] names = [.. variables.Select(variable => variable.Split('=')[0] + "=")];
        using var pair = SocketPair.Create();
        SpawnedProcess process = ProcessSpawner.Spawn(new SpawnRequest
        {
            Path = program,
            Args = [program, .. arguments],
            Environment = [.. Environment().Where(variable => !names.Any(name => variable.StartsWith(name, StringComparison.Ordinal))), .. variables],
            Descriptors = [new(1, pair.Theirs), new(2, pair.Theirs)],
        });
        pair.Theirs.Dispose();
        await using var stream = new NetworkStream(pair.Ours);
        using var reader = new StreamReader(stream);
        string output = await reader.ReadToEndAsync(cancellationToken);
        return (process.Wait(), output.Trim());
    }
}
