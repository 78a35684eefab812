using System.Diagnostics;
using Argosy.Testing;

namespace Argosy.CompatTests.Engines;

/// <summary>Programs run beside an engine.</summary>
internal static class EngineExtensions
{
    /// <summary>Runs a program as a user of this engine would, to its end.</summary>
    internal static Task<ShellResult> RunAsync(
        this IEngine engine, string file, IEnumerable<string> arguments, string? input = null,
        IReadOnlyDictionary<string, string?>? environment = null, string? directory = null, TimeSpan? timeout = null)
    {
        string[] line = [.. engine.Enter, file, .. arguments];
        var variables = new Dictionary<string, string?>(environment ?? new Dictionary<string, string?>()) { ["DOCKER_HOST"] = engine.Host };
        return Shell.RunAsync(line[0], line[1..], input, variables, directory, timeout);
    }

    /// <summary>Starts a program where 127.0.0.1 is the daemon's own. Who starts it ends it.</summary>
    internal static Process Start(this IEngine engine, string file, params string[] arguments)
    {
        string[] line = [.. engine.Enter, file, .. arguments];
        return Process.Start(line[0], line[1..]);
    }
}
