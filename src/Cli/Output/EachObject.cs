using Argosy.Cli.CommandLine;
using Argosy.Cli.Session;
using Argosy.Client;

namespace Argosy.Cli.Output;

/// <summary>Carries out a verb on several objects: prints the name of each success, goes on after a failure, and fails at the end.</summary>
internal static class EachObject
{
    public static async Task<int> DoAsync(CliSession session, IReadOnlyList<string> names, Func<string, Task> action, string? summary = null)
    {
        var failures = new List<string>();
        var failed = new List<string>();
        foreach (string name in names)
        {
            try
            {
                await action(name);
                await session.Out.WriteLineAsync(name);
            }
            catch (ApiException refusal)
            {
                failures.Add(FailureText.Refused(refusal));
                failed.Add(name);
            }
        }
        foreach (string failure in failures)
            await session.Error.WriteLineAsync(failure);
        if (summary is not null && failed.Count > 0)
            await session.Error.WriteLineAsync($"{summary}: {string.Join(", ", failed)}");
        return failures.Count == 0 ? 0 : 1;
    }
}
